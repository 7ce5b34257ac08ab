import { type ReactNode, useState } from "react";
import { Api } from "../core/api";
import type { Attendance } from "../core/attendance";
import { type SessionClock, sessionUs } from "../core/clock";
import type { LocalMedia } from "../core/local-media";
import { type ProblemError, asProblem } from "../core/problem";
import { NO_SIGNALS } from "../core/recent-signals";
import type { InterviewView, Link } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import { useCell } from "../ui/use-cell";
import { useNow } from "../ui/use-now";
import type { Seated } from "../ui/use-seat";
import { EndButton } from "./end-button";
import { Heading } from "./heading";
import { LiveTile } from "./live-tile";
import { OwnMedia } from "./own-media";
import { TranscriptPanel } from "./transcript-panel";
import { TranscriptToggle } from "./transcript-toggle";
import { useScreen } from "./use-screen";
import { useTranscript } from "./use-transcript";

const MOST_APPLICANTS = 5;

interface LiveRoomProps {
  seat: Seated;
  attendance: Attendance;
  media: LocalMedia;
}

/** The people in the interview, and what is recorded of them. */
export function LiveRoom({ seat, attendance, media }: LiveRoomProps): ReactNode {
  const words = useWords();
  const { interview } = seat.joined;
  const [api] = useState(() => new Api(seat.token));
  const screen = useScreen(interview, seat.token, seat.claim);
  const view = useCell(screen.view);
  const live = useCell(screen.live);
  const recent = useCell(screen.recent.participants);
  const transcript = useTranscript(api, interview, view);
  const calls = useCell(attendance.calls);
  const known = useCell(attendance.clock);
  const clock = known ?? (view === null ? null : { epochUs: view.epoch_us, offsetUs: 0 });
  const [signals, setSignals] = useState(true);
  const [added, setAdded] = useState<readonly Link[]>([]);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const applicants = Object.entries(view?.participants ?? {}).filter(([, { role }]) => role === "applicant");
  const add = async (): Promise<void> => {
    setProblem(null);
    try {
      const link = await api.addApplicant(interview);
      setAdded((before) => [...before, link]);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <main className="live">
      <header className="row between bar">
        <LiveHeading title={seat.joined.title} bearer={seat.token} view={view} clock={clock} />
        <div className="row">
          <LanguageSwitch />
          <EndButton api={api} interview={interview} />
        </div>
      </header>
      <Connection attendance={attendance} />
      <div className="floor">
        <div className="tiles" data-count={applicants.length}>
          {clock !== null &&
            applicants.map(([participant, applicant]) => (
              <LiveTile
                key={participant}
                participant={participant}
                seat={applicant}
                call={calls.get(participant)}
                live={live.get(participant)}
                clock={clock}
                signals={signals}
                recent={recent.get(participant) ?? NO_SIGNALS}
                url={added.find((link) => link.participant === participant)?.url}
              />
            ))}
          {view !== null && applicants.length === 0 && <p className="quiet">{words.interviewer.noApplicants}</p>}
          {view === null && <p className="quiet">{words.loading}</p>}
        </div>
        <TranscriptPanel view={view} shown={transcript} nothing={words.transcript.nothing} />
      </div>
      <footer className="row between bar">
        <OwnMedia media={media} />
        <div className="row">
          {problem && <span role="alert">{words.problems[problem.code].title}</span>}
          <TranscriptToggle view={view} shown={transcript} />
          <button
            type="button"
            data-testid="toggle-signals"
            onClick={() => {
              setSignals(!signals);
            }}
          >
            {signals ? words.interviewer.hideSignals : words.interviewer.showSignals}
          </button>
          {applicants.length < MOST_APPLICANTS && (
            <button type="button" data-testid="add-applicant" onClick={() => void add()}>
              {words.interviewer.addApplicant}
            </button>
          )}
        </div>
      </footer>
    </main>
  );
}

interface LiveHeadingProps {
  title: string;
  bearer: string;
  view: InterviewView | null;
  clock: SessionClock | null;
}

function LiveHeading({ title, bearer, view, clock }: LiveHeadingProps): ReactNode {
  const now = useNow(1000);
  return <Heading title={title} bearer={bearer} view={view} atUs={clock === null ? null : sessionUs(clock, now)} />;
}

function Connection({ attendance }: { attendance: Attendance }): ReactNode {
  const words = useWords();
  const state = useCell(attendance.signaling.state);
  const said = { connecting: words.connecting, reconnecting: words.reconnecting, open: "" };
  const text = said[state.kind as keyof typeof said];
  return (
    <p className={text === "" ? "sr" : "strip"} role="status" data-testid="status">
      {text}
    </p>
  );
}
