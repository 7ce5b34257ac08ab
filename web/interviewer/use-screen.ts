import { useEffect, useState } from "react";
import { socketUrl } from "../core/api";
import { Screen } from "../core/screen";

/** The screen of an interview, connected while the component is shown. */
export function useScreen(interview: string, token: string, claim: string): Screen {
  const [screen] = useState(
    () => new Screen(socketUrl(`/interviews/${encodeURIComponent(interview)}/screen`), { token, claim }),
  );
  useEffect(() => {
    screen.start();
    return () => {
      screen.stop();
    };
  }, [screen]);
  return screen;
}
