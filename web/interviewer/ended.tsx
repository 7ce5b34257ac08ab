import { type ReactNode, useEffect, useState } from "react";
import { Api } from "../core/api";
import { formatElapsed } from "../core/clock";
import { type ProblemError, asProblem } from "../core/problem";
import { RecentSignals } from "../core/recent-signals";
import type { InterviewView } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import { Notice } from "../ui/notice";
import { Recorded } from "./recorded";

/** An interview that is over, for its interviewer: that it is, and what was recorded. */
export function Ended({ token, interview }: { token: string; interview: string }): ReactNode {
  const words = useWords();
  const [found, setFound] = useState<InterviewView | ProblemError | null>(null);
  const [api] = useState(() => new Api(token));
  const [recent] = useState(() => new RecentSignals((first, last) => api.signals(interview, first, last)));
  useEffect(() => {
    let current = true;
    api.interview(interview).then(
      ({ view }) => {
        if (!current) return;
        recent.show(view);
        void recent.ask(null);
        setFound(view);
      },
      (error: unknown) => {
        if (current) setFound(asProblem(error));
      },
    );
    return () => {
      current = false;
    };
  }, [api, recent, interview]);
  const { endedTitle, endedAdvice, endedAt } = words.interviewer;
  if (found === null || found instanceof Error) return <Notice title={endedTitle} advice={endedAdvice} />;
  return (
    <main className="page">
      <header className="row between">
        <p className="quiet">{found.title}</p>
        <LanguageSwitch />
      </header>
      <h1>{endedTitle}</h1>
      <p className="quiet number" role="status" data-testid="status">
        {found.ended_at_us == null ? endedAdvice : `${endedAt(formatElapsed(found.ended_at_us / 1_000_000))}. ${endedAdvice}`}
      </p>
      <Recorded view={found} recent={recent} />
    </main>
  );
}
