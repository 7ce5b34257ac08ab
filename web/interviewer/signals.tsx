import { type ReactNode, useMemo } from "react";
import type { SessionClock } from "../core/clock";
import { decibels, degrees } from "../core/format";
import { type Reading, type Seen, isHeard, isSeen, reading } from "../core/reading";
import type { LiveSight, ParticipantView } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { useNow } from "../ui/use-now";
import { Plots } from "./plots";

interface LiveProps {
  seat: ParticipantView;
  live: LiveSight | undefined;
  clock: SessionClock;
}

interface SignalsProps {
  seat: ParticipantView;
  read: Reading;
  /** Of when the values are. */
  said: string;
}

const EVERY_MS = 250;

/** What the camera and the microphone tell of one applicant: now, and over the last two minutes. */
export function LiveSignals({ seat, live, clock }: LiveProps): ReactNode {
  const words = useWords().interviewer;
  const now = useNow(EVERY_MS, seat.purposes.length > 0);
  const read = reading(seat, live, clock, now);
  return <Signals seat={seat} read={read} said={age(read, words)} />;
}

/** What the camera and the microphone tell of one applicant at one moment, and over the two minutes before it. */
export function Signals({ seat, read, said }: SignalsProps): ReactNode {
  const words = useWords().interviewer;
  if (!isSeen(seat) && !isHeard(seat)) {
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
      <Values seat={seat} read={read} />
      <p className="quiet small number">
        {words.newestSecond}: <span data-testid="signal-second">{read.second ?? words.unknown}</span>
      </p>
      <History seat={seat} last={read.last} />
    </section>
  );
}

type InterviewerWords = ReturnType<typeof useWords>["interviewer"];

function age({ live, ageUs }: Reading, words: InterviewerWords): string {
  if (ageUs === null) return words.noLive;
  const seconds = ageUs / 1_000_000;
  return live === null ? words.stale(Math.round(seconds).toString()) : words.live(seconds.toFixed(1));
}

function Values({ seat, read }: { seat: ParticipantView; read: Reading }): ReactNode {
  const words = useWords().interviewer;
  const { live, voice } = read;
  const [yaw, pitch, roll] = live?.pose ?? [null, null, null];
  const angle = (value: number | null): string => (value === null ? words.unknown : degrees(value));
  const seen = isSeen(seat);
  const heard = isHeard(seat);
  return (
    <dl className="values number">
      <div>
        <dt>{words.face}</dt>
        <dd data-testid="signal-face">
          {live === null ? (seen ? words.unknown : words.notConsented) : live.face ? words.facePresent : words.faceAbsent}
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
        <dd data-testid="signal-gaze">{gaze(live, seat, words)}</dd>
      </div>
      <div>
        <dt>{words.sound}</dt>
        <dd data-testid="signal-sound">
          {voice === null ? (heard ? words.unknown : words.notConsented) : decibels(voice.loudness)}
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

/** Drawn anew once a second, not with every live value. */
function History({ seat, last }: { seat: ParticipantView; last: number }): ReactNode {
  return useMemo(() => <Plots seat={seat} last={last} />, [seat, last]);
}
