import { Fragment, type ReactNode } from "react";
import { formatElapsed } from "../core/clock";
import type { Entry, Passage } from "../core/transcript";
import { languageOf } from "../core/typed-answer";
import { useWords } from "../ui/language";

/** One answer: when, whose, how it was given, and its words with what is uncertain or missing in them. */
export function AnswerEntry({ entry }: { entry: Entry }): ReactNode {
  const words = useWords().transcript;
  const how = [entry.typed && words.typed, entry.going && words.going].filter((each) => each !== false);
  return (
    <article data-testid="answer" data-typed={entry.typed} data-going={entry.going}>
      <h3 className="small number">
        <span className="quiet">{formatElapsed(entry.startUs / 1_000_000)}</span> {entry.label}
        {how.length > 0 && <span className="quiet"> · {how.join(" · ")}</span>}
      </h3>
      <p>
        {entry.passages.map((passage, index) => (
          <Fragment key={index}>
            <Said passage={passage} />{" "}
          </Fragment>
        ))}
        {entry.passages.length === 0 && !entry.going && <span className="quiet small">{words.pending} </span>}
        {entry.lost && <span className="quiet small">{words.lost}</span>}
      </p>
    </article>
  );
}

function Said({ passage }: { passage: Passage }): ReactNode {
  const words = useWords().transcript;
  switch (passage.kind) {
    case "problem":
      return <span className="quiet small">[{words.problems[passage.problem]}]</span>;
    case "low":
      return (
        <span className="quiet">
          <span lang={languageOf(passage.text)}>{passage.text}</span> <span className="small">({words.low})</span>
        </span>
      );
    case "sure":
      return <span lang={languageOf(passage.text)}>{passage.text}</span>;
  }
}
