import { useEffect, useState } from "react";
import { Api, socketUrl } from "../core/api";
import { RecentSignals } from "../core/recent-signals";
import { Screen } from "../core/screen";

/** The screen of an interview, connected while the component is shown. */
export function useScreen(interview: string, token: string, claim: string): Screen {
  const [screen] = useState(() => {
    const recent = new RecentSignals((first, last, byUs) => new Api(token).signals(interview, first, last, byUs));
    return new Screen(socketUrl(`/interviews/${encodeURIComponent(interview)}/screen`), { token, claim }, recent);
  });
  useEffect(() => {
    screen.start();
    return () => {
      screen.stop();
    };
  }, [screen]);
  return screen;
}
