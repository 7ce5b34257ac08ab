import { useEffect, useState } from "react";
import { Api, socketUrl } from "../core/api";
import { randomSecret } from "../core/claim";
import { RecentSignals } from "../core/recent-signals";
import { Replay } from "../core/replay";

/** The replay of an interview, connected while the component is shown. */
export function useReplay(interview: string, token: string): Replay {
  const [replay] = useState(() => {
    const recent = new RecentSignals((first, last, byUs) => new Api(token).signals(interview, first, last, byUs));
    return new Replay(socketUrl(`/interviews/${encodeURIComponent(interview)}/replay`), { token, claim: randomSecret() }, recent);
  });
  useEffect(() => {
    replay.start();
    return () => {
      replay.stop();
    };
  }, [replay]);
  return replay;
}
