import type { ReactNode } from "react";
import { type Language, choose, language, useWords } from "./language";
import { useCell } from "./use-cell";

const NAMES: [Language, string, string][] = [
  ["en", "EN", "English"],
  ["ko", "KO", "한국어"],
];

export function LanguageSwitch(): ReactNode {
  const words = useWords();
  const current = useCell(language);
  return (
    <div className="languages" role="group" aria-label={words.language}>
      {NAMES.map(([code, short, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-label={`${short}, ${name}`}
          aria-pressed={code === current}
          onClick={() => {
            choose(code);
          }}
        >
          {short}
        </button>
      ))}
    </div>
  );
}
