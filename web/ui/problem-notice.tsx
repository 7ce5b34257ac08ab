import type { ReactNode } from "react";
import type { ProblemError } from "../core/problem";
import { useWords } from "./language";
import { Notice } from "./notice";

/** What went wrong, and what to do about it. */
export function ProblemNotice({ problem, retry }: { problem: ProblemError; retry?: () => void }): ReactNode {
  const words = useWords();
  const { title, advice } = words.problems[problem.code];
  const action = problem.retryable && retry ? { label: words.tryAgain, run: retry } : undefined;
  return <Notice title={title} advice={advice} action={action} />;
}
