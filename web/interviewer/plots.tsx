import { type ReactNode, useState } from "react";
import { extent, looks, present, tones } from "../core/traces";
import type { SignalEntry, SignalHistory } from "../core/wire.generated";
import { language, useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { Plot } from "./plot";
import { type GroupName, PLOTS, type PlotRow } from "./plot-table";
import { Sheet } from "./sheet";
import { useSheet } from "./use-sheet";
import { WordBars } from "./word-bars";

interface PlotsProps {
  signals: SignalHistory;
  /** The last second that is shown. */
  last: number;
  /** What may be measured at present, where that is of interest. */
  agreed?: Record<GroupName, boolean>;
}

/** The two minutes that end with second `last`: each signal with its unit and its error. */
export function Plots({ signals, last, agreed }: PlotsProps): ReactNode {
  const words = useWords().interviewer;
  const sheet = useSheet();
  const [explained, setExplained] = useState(false);
  const some: Record<GroupName, boolean> = {
    face: Object.keys(signals.sight).length > 0,
    body: Object.keys(signals.posture).length + Object.keys(signals.hands).length > 0,
    voice: Object.keys(signals.prosody).length > 0,
  };
  const groups = (["face", "body", "voice"] as const).filter((group) => some[group]);
  const entry = (name: string): SignalEntry | undefined => sheet?.find((each) => each.name === name);
  return (
    <div className="plots" data-testid="plots">
      {groups.length === 0 && <p className="quiet small">{words.plotsEmpty}</p>}
      {groups.map((group) => (
        <section key={group} className="group" aria-label={words.groups[group]}>
          <div className="row between">
            <h4>{words.groups[group]}</h4>
            {agreed?.[group] === false && <span className="quiet small">{words.notConsented}</span>}
          </div>
          <div className="figures">
            {PLOTS[group].map((row) => (
              <Figure key={row.name} row={row} entry={entry(row.name)} signals={signals} last={last} />
            ))}
          </div>
        </section>
      ))}
      <WordBars entry={entry("expression")} worded={looks(signals)} />
      <WordBars entry={entry("voice_emotion")} worded={tones(signals)} />
      <div>
        <button
          type="button"
          className="bare small"
          data-testid="explain-signals"
          onClick={() => {
            setExplained(true);
          }}
        >
          {words.explain}
        </button>
      </div>
      {explained && (
        <Sheet
          entries={sheet ?? []}
          onClose={() => {
            setExplained(false);
          }}
        />
      )}
    </div>
  );
}

interface FigureProps {
  row: PlotRow;
  entry: SignalEntry | undefined;
  signals: SignalHistory;
  last: number;
}

function Figure({ row, entry, signals, last }: FigureProps): ReactNode {
  const words = useWords().interviewer;
  const spoken = useCell(language);
  if (entry === undefined) return null;
  const { scale, name } = row;
  const trace = row.traced(signals, last);
  const now = present(trace);
  const found = extent(trace);
  const unit = entry.unit[spoken];
  const title = unit === "" ? entry.title[spoken] : `${entry.title[spoken]} (${unit})`;
  const error = entry.error === null ? words.noError : entry.error.said[spoken];
  const said = [
    found === null ? words.nothingMeasured : words.between(scale.say(found.low), scale.say(found.high)),
    ...(now === null ? [] : [words.atPresent(scale.say(now))]),
    ...(trace.usual === null ? [] : [words.usual(scale.say(trace.usual))]),
    error,
  ];
  return (
    <figure data-testid={`plot-${name}`}>
      <figcaption className="small">
        <span className="row between">
          <span>{title}</span>
          <span className="number">{now === null ? words.unknown : scale.say(now)}</span>
        </span>
        <span className="quiet">
          {error}
          {trace.usual !== null && ` · ${words.usual(scale.say(trace.usual))}`}
        </span>
      </figcaption>
      <Plot label={`${title}. ${said.join(". ")}.`} trace={trace} scale={scale} marks={row.marks} />
    </figure>
  );
}
