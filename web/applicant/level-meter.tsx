import { type ReactNode, useEffect, useState } from "react";
import { share, watchLevel } from "../core/level";
import { useWords } from "../ui/language";

/** How loud the microphone is at present. */
export function LevelMeter({ stream }: { stream: MediaStream }): ReactNode {
  const words = useWords();
  const [filled, setFilled] = useState(0);
  useEffect(
    () =>
      watchLevel(stream, (level) => {
        setFilled(share(level));
      }),
    [stream],
  );
  return (
    <div
      className="meter"
      role="meter"
      aria-label={words.applicant.level}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(filled * 100)}
    >
      <div style={{ scale: `${filled} 1` }} />
    </div>
  );
}
