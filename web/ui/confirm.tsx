import { type ReactNode, useEffect, useId, useRef } from "react";

interface ConfirmProps {
  question: string;
  hint: string;
  confirm: string;
  cancel: string;
  testId: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/** A question that must be answered before anything else; Escape means no. */
export function Confirm({ question, hint, confirm, cancel, testId, onConfirm, onCancel }: ConfirmProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={onCancel}>
      <div className="stack">
        <h2 id={id}>{question}</h2>
        <p className="quiet">{hint}</p>
        <div className="row">
          <button type="button" onClick={onCancel}>
            {cancel}
          </button>
          <button type="button" className="primary" data-testid={testId} onClick={onConfirm}>
            {confirm}
          </button>
        </div>
      </div>
    </dialog>
  );
}
