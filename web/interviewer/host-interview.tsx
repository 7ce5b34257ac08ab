import { type ReactNode, useEffect, useState } from "react";
import { Api } from "../core/api";
import { randomSecret } from "../core/claim";
import { formatElapsed } from "../core/clock";
import { hostHash, replayHash } from "../core/link";
import { type ProblemError, asProblem } from "../core/problem";
import type { InterviewView, Link } from "../core/wire.generated";
import { CopyField } from "../ui/copy-field";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import { Notice } from "../ui/notice";
import { ProblemNotice } from "../ui/problem-notice";
import { useCell } from "../ui/use-cell";
import { useDates } from "../ui/use-dates";
import { About } from "./about";
import { EndButton } from "./end-button";
import { Recorded } from "./recorded";
import { useScreen } from "./use-screen";

const MOST_APPLICANTS = 5;

/** One interview as the host sees it: its links while it is open, and what was recorded. */
export function HostInterview({ hostKey, interview }: { hostKey: string; interview: string }): ReactNode {
  const words = useWords();
  const [claim] = useState(randomSecret);
  const screen = useScreen(interview, hostKey, claim);
  const state = useCell(screen.state);
  const view = useCell(screen.view);
  if (state.kind === "refused") return <ProblemNotice problem={state.problem} />;
  if (view === null) return <Notice title={words.loading} advice={state.kind === "reconnecting" ? words.reconnecting : ""} />;
  const ended = view.status === "ended";
  return (
    <main className="page">
      <header className="row between">
        <a href={hostHash(hostKey)}>← {words.interviewer.back}</a>
        <LanguageSwitch />
      </header>
      <div className="row between">
        <h1>{view.title}</h1>
        {ended ? (
          <a className="button primary" href={replayHash(hostKey, interview)} data-testid="replay">
            {words.interviewer.replay.title}
          </a>
        ) : (
          <EndButton api={new Api(hostKey)} interview={interview} />
        )}
      </div>
      <p className="quiet number" role="status" data-testid="status">
        {state.kind === "reconnecting" ? words.reconnecting : <Told view={view} />}
        {view.source === "live" && " · "}
        {view.source === "live" && <About bearer={hostKey} of={view} />}
      </p>
      {!ended && <Links hostKey={hostKey} view={view} />}
      <Recorded view={view} recent={screen.recent} />
    </main>
  );
}

function Told({ view }: { view: InterviewView }): ReactNode {
  const words = useWords().interviewer;
  const dates = useDates();
  if (view.status === "open") return words.createdAt(dates.format(view.epoch_us / 1000));
  return view.ended_at_us == null ? words.ended : words.endedAt(formatElapsed(view.ended_at_us / 1_000_000));
}

function Links({ hostKey, view }: { hostKey: string; view: InterviewView }): ReactNode {
  const words = useWords();
  const [links, setLinks] = useState<Link[]>([]);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [api] = useState(() => new Api(hostKey));
  const seats = Object.keys(view.participants).length;
  useEffect(() => {
    let current = true;
    api.links(view.interview).then(
      (found) => {
        if (current) setLinks(found);
      },
      (error: unknown) => {
        if (current) setProblem(asProblem(error));
      },
    );
    return () => {
      current = false;
    };
  }, [api, view.interview, seats]);
  const add = async (): Promise<void> => {
    try {
      setProblem(null);
      await api.addApplicant(view.interview);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const interviewer = links.find(({ role }) => role === "interviewer");
  const applicants = links.filter(({ role }) => role === "applicant");
  return (
    <section className="card stack">
      <h2>{words.interviewer.linksTitle}</h2>
      <p className="quiet">{words.interviewer.linksHint}</p>
      {interviewer && (
        <CopyField label={words.interviewer.interviewerLink} value={interviewer.url} testId="interviewer-link" />
      )}
      {applicants.map(({ participant, label, url }) => (
        <CopyField key={participant} label={label} value={url} testId="applicant-link" />
      ))}
      {problem && <p role="alert">{words.problems[problem.code].title}</p>}
      <div className="row">
        {interviewer && (
          <a className="button primary" href={interviewer.url} target="_blank" rel="noreferrer">
            {words.interviewer.enter}
          </a>
        )}
        {applicants.length < MOST_APPLICANTS && (
          <button type="button" data-testid="add-applicant" onClick={() => void add()}>
            {words.interviewer.addApplicant}
          </button>
        )}
      </div>
    </section>
  );
}
