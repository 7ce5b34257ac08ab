import type { ReactNode } from "react";
import { jobName } from "../core/jobs";
import type { InterviewSummary } from "../core/wire.generated";
import { language, useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { useJobs } from "./use-jobs";

interface AboutProps {
  bearer: string;
  of: { job?: string | null | undefined; language: InterviewSummary["language"] };
}

/** The job an interview is for, and the language that is spoken in it. */
export function About({ bearer, of }: AboutProps): ReactNode {
  const words = useWords();
  const spoken = useCell(language);
  const { groups, failed } = useJobs(bearer);
  const job = of.job == null || (groups === null && !failed) ? null : jobName(groups ?? [], of.job, spoken);
  return <span data-testid="about">{[job, words.spokenIn[of.language]].filter((each) => each !== null).join(" · ")}</span>;
}
