import type { ReactNode } from "react";
import { formatElapsed } from "../core/clock";
import type { InterviewView } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { About } from "./about";

interface HeadingProps {
  title: string;
  /** The host key, or the token of the interviewer's link. */
  bearer: string;
  view: InterviewView | null;
  /** Session time, microseconds; null where it is not known yet. */
  atUs: number | null;
}

/** What the interview is called and for, who is in it, how long it has gone on, and whether anything is recorded. */
export function Heading({ title, bearer, view, atUs }: HeadingProps): ReactNode {
  const words = useWords().interviewer;
  const seats = Object.values(view?.participants ?? {}).filter(({ role }) => role === "applicant");
  const recording = seats.some(({ stream }) => stream.length > 0);
  return (
    <div className="row heading">
      <h1>{title}</h1>
      <p className="quiet number">
        {view !== null && view.source === "live" && (
          <>
            <About bearer={bearer} of={view} /> ·{" "}
          </>
        )}
        {words.applicants(seats.length)} · <span role="timer">{atUs === null ? "" : formatElapsed(atUs / 1_000_000)}</span>
      </p>
      <p className="recording small" data-on={recording}>
        {recording ? words.recording : words.notRecording}
      </p>
    </div>
  );
}
