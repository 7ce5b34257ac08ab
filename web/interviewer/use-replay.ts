import { useEffect, useState } from "react";
import { socketUrl } from "../core/api";
import { randomSecret } from "../core/claim";
import { Replay } from "../core/replay";

/** The replay of an interview, connected while the component is shown. */
export function useReplay(interview: string, token: string): Replay {
  const [replay] = useState(
    () => new Replay(socketUrl(`/interviews/${encodeURIComponent(interview)}/replay`), { token, claim: randomSecret() }),
  );
  useEffect(() => {
    replay.start();
    return () => {
      replay.stop();
    };
  }, [replay]);
  return replay;
}
