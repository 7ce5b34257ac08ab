import { type ReactNode, useId, useMemo } from "react";
import type { SessionClock } from "../core/clock";
import { decibels, degrees } from "../core/format";
import type { Medium } from "../core/purposes";
import { type Reading, type Seen, agreed, isMeasured, reading } from "../core/reading";
import type { InterviewView, LiveSight, ParticipantView, SignalHistory } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { useNow } from "../ui/use-now";
import { Plots } from "./plots";
import { useRemembered } from "./use-remembered";

interface LiveProps {
  seat: ParticipantView;
  signals: SignalHistory;
  live: LiveSight | undefined;
  clock: SessionClock;
}

interface SignalsProps {
  seat: ParticipantView;
  source: InterviewView["source"];
  signals: SignalHistory;
  read: Reading;
  /** Of when the values are. */
  said: string;
}

const EVERY_MS = 250;
const OPEN_KEY = "intact.plots";

/** What the camera and the microphone tell of one applicant: now, and on demand over the last two minutes. */
export function LiveSignals({ seat, signals, live, clock }: LiveProps): ReactNode {
  const words = useWords().interviewer;
  const now = useNow(EVERY_MS, seat.purposes.length > 0);
  const read = reading(seat, live, clock, now);
  return <Signals seat={seat} source="live" signals={signals} read={read} said={age(read, words)} />;
}

/** What the camera and the microphone tell of one applicant at one moment, and over the two minutes before it. */
export function Signals({ seat, source, signals, read, said }: SignalsProps): ReactNode {
  const words = useWords().interviewer;
  const id = useId();
  const [open, setOpen] = useRemembered(OPEN_KEY);
  const may = agreed(seat, source);
  if (!isMeasured(seat)) {
    return (
      <section className="signals" aria-label={`${words.signals}: ${seat.label}`}>
        <h3>{words.signals}</h3>
        <p className="quiet">{words.nothingAgreed}</p>
      </section>
    );
  }
  return (
    <section className="signals" aria-label={`${words.signals}: ${seat.label}`}>
      <div className="row between">
        <h3>
          {words.signals} <span className="estimated quiet small">{words.estimated}</span>
        </h3>
        <span className="quiet small number">{said}</span>
      </div>
      <Values seat={seat} may={may} read={read} />
      <p className="quiet small number">
        {words.newestSecond}: <span data-testid="signal-second">{read.second ?? words.unknown}</span>
      </p>
      <div>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          data-testid="toggle-plots"
          onClick={() => {
            setOpen(!open);
          }}
        >
          {open ? words.hidePlots : words.showPlots}
        </button>
      </div>
      <div id={id}>{open && <TwoMinutes signals={signals} last={read.last} video={may.video} audio={may.audio} />}</div>
    </section>
  );
}

type InterviewerWords = ReturnType<typeof useWords>["interviewer"];

function age({ live, ageUs }: Reading, words: InterviewerWords): string {
  if (ageUs === null) return words.noLive;
  const seconds = ageUs / 1_000_000;
  return live === null ? words.stale(Math.round(seconds).toString()) : words.live(seconds.toFixed(1));
}

function Values({ seat, may, read }: { seat: ParticipantView; may: Record<Medium, boolean>; read: Reading }): ReactNode {
  const words = useWords().interviewer;
  const live = may.video ? read.live : null;
  const voice = may.audio ? read.voice : null;
  const [yaw, pitch, roll] = live?.pose ?? [null, null, null];
  const angle = (value: number | null): string => (value === null ? words.unknown : degrees(value));
  const unknown = (isAgreed: boolean): string => (isAgreed ? words.unknown : words.notConsented);
  return (
    <dl className="values number">
      <div>
        <dt>{words.face}</dt>
        <dd data-testid="signal-face">
          {live === null ? unknown(may.video) : live.face ? words.facePresent : words.faceAbsent}
        </dd>
      </div>
      <div>
        <dt>{words.head}</dt>
        <dd>
          <span className="angle">
            {words.yaw} <b data-testid="signal-yaw">{angle(yaw)}</b>
          </span>
          <span className="angle">
            {words.pitch} <b data-testid="signal-pitch">{angle(pitch)}</b>
          </span>
          <span className="angle">
            {words.roll} <b data-testid="signal-roll">{angle(roll)}</b>
          </span>
        </dd>
      </div>
      <div>
        <dt>{words.gaze}</dt>
        <dd data-testid="signal-gaze">{may.video ? gaze(live, seat, words) : words.notConsented}</dd>
      </div>
      <div>
        <dt>{words.sound}</dt>
        <dd data-testid="signal-sound">
          {voice === null ? unknown(may.audio) : decibels(voice.loudness)}
        </dd>
      </div>
    </dl>
  );
}

function gaze(live: Seen | null, seat: ParticipantView, words: InterviewerWords): string {
  if (live === null || !live.face) return words.unknown;
  if (live.toward_screen === null) return seat.calibrated ? words.unknown : words.calibrating;
  return live.toward_screen ? words.gazeToward : words.gazeAway;
}

interface TwoMinutesProps {
  signals: SignalHistory;
  last: number;
  video: boolean;
  audio: boolean;
}

/** Drawn anew once a second, not with every live value. */
function TwoMinutes({ signals, last, video, audio }: TwoMinutesProps): ReactNode {
  return useMemo(
    () => <Plots signals={signals} last={last} agreed={{ face: video, body: video, voice: audio }} />,
    [signals, last, video, audio],
  );
}
