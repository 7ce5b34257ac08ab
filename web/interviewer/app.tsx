import type { ReactNode } from "react";
import { canCall } from "../core/devices";
import { readHash } from "../core/link";
import { useWords } from "../ui/language";
import { Notice } from "../ui/notice";
import { ProblemNotice } from "../ui/problem-notice";
import { useHash } from "../ui/use-hash";
import { useSeat } from "../ui/use-seat";
import { Ended } from "./ended";
import { Host } from "./host";
import { HostInterview } from "./host-interview";
import { ReplayRoom } from "./replay-room";
import { Room } from "./room";

export function App(): ReactNode {
  const words = useWords();
  const { link, key, interview, replay } = readHash(useHash());
  if (link !== null) return <Invited key={link} token={link} />;
  if (key === null) return <Notice title={words.interviewer.noKey} advice={words.interviewer.noKeyAdvice} />;
  if (replay !== null) return <ReplayRoom key={replay} hostKey={key} interview={replay} />;
  if (interview !== null) return <HostInterview key={interview} hostKey={key} interview={interview} />;
  return <Host hostKey={key} />;
}

function Invited({ token }: { token: string }): ReactNode {
  const words = useWords();
  const { state, retry } = useSeat(token);
  if (!canCall()) return <Notice title={words.applicant.cannotTitle} advice={words.applicant.cannotAdvice} />;
  switch (state.kind) {
    case "loading":
      return <Notice title={words.loading} advice="" />;
    case "problem":
      if (state.problem.code === "refused" && state.named?.role === "interviewer") {
        return <Ended token={token} interview={state.named.interview} />;
      }
      return <ProblemNotice problem={state.problem} retry={retry} />;
    case "seated":
      if (state.seat.joined.role === "applicant") {
        location.replace(`/applicant/#link=${encodeURIComponent(token)}`);
        return null;
      }
      return <Room seat={state.seat} />;
  }
}
