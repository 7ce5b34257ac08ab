import type { ReactNode } from "react";
import { percent } from "../core/format";
import { type Worded, summed } from "../core/traces";
import type { SignalEntry } from "../core/wire.generated";
import { language, useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";

/** Words and their probabilities: of the newest second, and on average; nothing where there are none. */
export function WordBars({ entry, worded }: { entry: SignalEntry | undefined; worded: Record<string, Worded> }): ReactNode {
  const words = useWords().interviewer;
  const spoken = useCell(language);
  const told = summed(worded);
  if (entry === undefined || told === null) return null;
  const name = (word: string): string => words.words[word as keyof typeof words.words];
  const inOrder = Object.keys(told.newest);
  const bar = (label: string, values: Worded): ReactNode => (
    <div className="bar-row">
      <span className="quiet small">{label}</span>
      <div className="words-bar" aria-hidden>
        {inOrder.map((word) => (
          <span key={word} style={{ flexGrow: values[word] ?? 0 }} />
        ))}
      </div>
    </div>
  );
  return (
    <section className="group" aria-label={entry.title[spoken]} data-testid={`words-${entry.name}`}>
      <h4>{entry.title[spoken]}</h4>
      <p className="quiet small">
        {entry.is_not[spoken]} {entry.error === null ? words.noError : entry.error.said[spoken]}.
      </p>
      {bar(words.thisSecond, told.newest)}
      {bar(words.twoMinutes, told.mean)}
      <table className="words-table number small">
        <thead className="sr">
          <tr>
            <th>{entry.title[spoken]}</th>
            <th>{words.thisSecond}</th>
            <th>{words.twoMinutes}</th>
          </tr>
        </thead>
        <tbody>
          {inOrder.map((word) => (
            <tr key={word}>
              <th scope="row">{name(word)}</th>
              <td>{percent(told.newest[word] ?? 0)}</td>
              <td className="quiet">{percent(told.mean[word] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
