import { type ReactNode, useEffect, useId, useRef } from "react";
import type { SignalEntry } from "../core/wire.generated";
import { language, useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";

/** What each signal is and is not, and how far it was from the truth where that was measured. */
export function Sheet({ entries, onClose }: { entries: readonly SignalEntry[]; onClose: () => void }): ReactNode {
  const words = useWords();
  const said = words.interviewer;
  const spoken = useCell(language);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={id} onClose={onClose}>
      <div className="row between">
        <h2 id={id}>{said.explain}</h2>
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </div>
      {entries.length === 0 && <p>{said.sheetMissing}</p>}
      <dl>
        {entries.map(({ name, title, unit, is, is_not, error }) => (
          <div key={name}>
            <dt>
              {title[spoken]} <span className="quiet small">{unit[spoken]}</span>
            </dt>
            <dd>{is[spoken]}</dd>
            <dd className="quiet">{is_not[spoken]}</dd>
            <dd className="small number">
              {error === null ? said.noError : `${said.errorOf}: ${error.said[spoken]} (bench/results/${error.page})`}
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
