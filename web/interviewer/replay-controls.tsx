import { type CSSProperties, type ReactNode, useEffect, useState } from "react";
import { formatElapsed } from "../core/clock";
import type { Head } from "../core/playhead";
import type { Replay } from "../core/replay";
import { useWords } from "../ui/language";

const SPEEDS = [0.5, 1, 2, 4, 16];
const S = 1_000_000;
const JUMP_US = 10 * S;

interface ControlsProps {
  replay: Replay;
  head: Head;
  /** Where it stands, microseconds of session time. */
  atUs: number;
}

/** Where the replay stands, and how fast it goes. J and L jump ten seconds, K stops and goes on. */
export function ReplayControls({ replay, head, atUs }: ControlsProps): ReactNode {
  const words = useWords().interviewer.replay;
  const [speed, setSpeed] = useState(1);
  const toggle = (): void => {
    if (head.playing) replay.pause();
    else replay.play(speed);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "j") replay.seek(atUs - JUMP_US);
      else if (event.key === "l") replay.seek(atUs + JUMP_US);
      else if (event.key === "k") toggle();
    };
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
    };
  });
  const last = Math.floor(head.untilUs / S);
  const share = head.untilUs === 0 ? 0 : atUs / head.untilUs;
  const elapsed = formatElapsed(atUs / S);
  const whole = formatElapsed(head.untilUs / S);
  return (
    <div className="replay" role="group" aria-label={words.title}>
      <button type="button" className="primary" data-testid="replay-play" aria-keyshortcuts="k" onClick={toggle}>
        {head.playing ? words.pause : words.play}
      </button>
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={Math.floor(atUs / S)}
        aria-label={words.place}
        aria-valuetext={words.placeOf(elapsed, whole)}
        aria-keyshortcuts="j l"
        data-testid="replay-place"
        style={{ "--share": `${share * 100}%` } as CSSProperties}
        onChange={(event) => {
          const second = event.target.valueAsNumber;
          replay.seek(second === last ? head.untilUs : second * S);
        }}
      />
      <span className="number" data-testid="replay-time">
        {elapsed} <span className="quiet">/ {whole}</span>
      </span>
      <label className="row">
        <span className="sr">{words.speed}</span>
        <select
          value={speed}
          data-testid="replay-speed"
          onChange={(event) => {
            const chosen = Number(event.target.value);
            setSpeed(chosen);
            if (head.playing) replay.play(chosen);
          }}
        >
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
