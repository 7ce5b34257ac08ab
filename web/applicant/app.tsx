import type { ReactNode } from "react";
import { canCall } from "../core/devices";
import { readHash } from "../core/link";
import { useWords } from "../ui/language";
import { Notice } from "../ui/notice";
import { ProblemNotice } from "../ui/problem-notice";
import { useHash } from "../ui/use-hash";
import { useSeat } from "../ui/use-seat";
import { Visit } from "./visit";

export function App(): ReactNode {
  const words = useWords();
  const { link } = readHash(useHash());
  if (link === null) return <Notice title={words.applicant.noLink} advice={words.applicant.noLinkAdvice} />;
  if (!canCall()) return <Notice title={words.applicant.cannotTitle} advice={words.applicant.cannotAdvice} />;
  return <Invited key={link} token={link} />;
}

function Invited({ token }: { token: string }): ReactNode {
  const words = useWords();
  const { state, retry } = useSeat(token);
  switch (state.kind) {
    case "loading":
      return <Notice title={words.loading} advice="" />;
    case "problem":
      return <ProblemNotice problem={state.problem} retry={retry} />;
    case "seated":
      if (state.seat.joined.role === "interviewer") {
        location.replace(`/interviewer/#link=${encodeURIComponent(token)}`);
        return null;
      }
      return <Visit seat={state.seat} />;
  }
}
