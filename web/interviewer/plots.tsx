import type { ReactNode } from "react";
import { degrees, percent } from "../core/format";
import { isHeard, isSeen } from "../core/reading";
import { series } from "../core/series";
import type { ParticipantView } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { Plot } from "./plot";

const YAW = { low: -60, high: 60, marks: [-45, 0, 45], say: degrees };
const SHARE = { low: 0, high: 1, marks: [0, 1], say: percent };
const LOUDNESS = { low: -60, high: 0, marks: [-60, -30, 0], say: (value: number) => `${value}`.replace("-", "−") };

/** Head, gaze and loudness of the two minutes that end with second `last`. */
export function Plots({ seat, last }: { seat: ParticipantView; last: number }): ReactNode {
  const words = useWords().interviewer;
  const seen = isSeen(seat);
  const heard = isHeard(seat);
  return (
    <div className="plots">
      {seen && (
        <Titled title={`${words.head}, ${words.yaw} (°)`}>
          <Plot label={words.plots.yaw} series={series(seat.sight, last, ({ yaw }) => yaw)} scale={YAW} />
        </Titled>
      )}
      {seen && (
        <Titled title={`${words.gazePlot} (%)`}>
          <Plot
            label={words.plots.gaze}
            series={series(seat.sight, last, ({ toward_screen }) => toward_screen)}
            scale={SHARE}
          />
        </Titled>
      )}
      {heard && (
        <Titled title={`${words.sound} (dBFS)`}>
          <Plot
            label={words.plots.sound}
            series={series(seat.prosody, last, ({ loudness }) => loudness)}
            scale={LOUDNESS}
          />
        </Titled>
      )}
    </div>
  );
}

function Titled({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <figure>
      <figcaption className="quiet small">{title}</figcaption>
      {children}
    </figure>
  );
}
