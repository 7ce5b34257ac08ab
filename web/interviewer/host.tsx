import { type ReactNode, useEffect, useState } from "react";
import { Api } from "../core/api";
import { formatElapsed } from "../core/clock";
import { hostHash, replayHash } from "../core/link";
import { type ProblemError, asProblem } from "../core/problem";
import type { InterviewSummary } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import { ProblemNotice } from "../ui/problem-notice";
import { useDates } from "../ui/use-dates";
import { About } from "./about";
import { Create } from "./create";

const RELOAD_MS = 5000;

/** All interviews, and a new one. */
export function Host({ hostKey }: { hostKey: string }): ReactNode {
  const words = useWords();
  const [interviews, setInterviews] = useState<InterviewSummary[] | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      try {
        const found = await new Api(hostKey).interviews();
        if (!current) return;
        setInterviews(found);
        setProblem(null);
      } catch (error) {
        if (current) setProblem(asProblem(error));
      }
    };
    void load();
    const timer = setInterval(() => void load(), RELOAD_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [hostKey, asked]);
  if (problem !== null && (interviews === null || !problem.retryable)) {
    return (
      <ProblemNotice
        problem={problem}
        retry={() => {
          setAsked(asked + 1);
        }}
      />
    );
  }
  return (
    <main className="page">
      <header className="row between">
        <h1>{words.interviewer.title}</h1>
        <LanguageSwitch />
      </header>
      <Create hostKey={hostKey} />
      <section className="stack" aria-busy={interviews === null}>
        <h2>{words.interviewer.listTitle}</h2>
        {problem !== null && <p role="status">{words.problems[problem.code].title}</p>}
        {interviews === null && <p className="quiet">{words.loading}</p>}
        {interviews?.length === 0 && <p className="quiet">{words.interviewer.listEmpty}</p>}
        {interviews !== null && interviews.length > 0 && <List hostKey={hostKey} interviews={interviews} />}
      </section>
    </main>
  );
}

function List({ hostKey, interviews }: { hostKey: string; interviews: InterviewSummary[] }): ReactNode {
  const words = useWords().interviewer;
  const dates = useDates();
  return (
    <ul className="list" data-testid="interviews">
      {interviews.map(({ interview, title, status, source, applicants, seconds, epoch_us, job, language }) => (
        <li key={interview}>
          <a href={hostHash(hostKey, interview)} data-testid={`interview-${interview}`}>
            <span className="name">{title}</span>
            <span className="quiet small number">
              {[
                dates.format(epoch_us / 1000),
                source === "file" ? words.fromFile : words.applicants(applicants),
                seconds > 0 ? words.recorded(formatElapsed(seconds)) : words.nothingRecorded,
              ].join(" · ")}
              {source === "live" && " · "}
              {source === "live" && <About bearer={hostKey} of={{ job, language }} />}
            </span>
            <span className="small state">{status === "open" ? words.open : words.ended}</span>
          </a>
          {status === "ended" && (
            <a
              className="again"
              href={replayHash(hostKey, interview)}
              aria-label={`${words.replay.title}: ${title}`}
              data-testid={`replay-${interview}`}
            >
              {words.replay.title}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
