import { type ReactNode, useRef, useState } from "react";
import type { Agreement } from "../core/agreement";
import type { SignalingState } from "../core/signaling";
import type { TypedAnswerDraft } from "../core/typed-answer";
import type { ConsentText } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { TypingForm } from "./typing-form";

interface TypingProps {
  draft: TypedAnswerDraft;
  agreement: Agreement;
  text: ConsentText;
  connection: SignalingState["kind"];
}

/** A way to type an answer instead of saying it, where the interview asks for a transcript. */
export function Typing({ draft, agreement, text, connection }: TypingProps): ReactNode {
  const words = useWords().typing;
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const item = text.items.find(({ purpose }) => purpose === "transcript");
  if (item === undefined) return null;
  return (
    <section className="typing" aria-label={words.label}>
      {open && (
        <TypingForm
          draft={draft}
          agreement={agreement}
          text={text}
          item={item}
          connection={connection}
          onClose={() => {
            setOpen(false);
            toggle.current?.focus();
          }}
        />
      )}
      <button
        ref={toggle}
        type="button"
        className="bare small"
        aria-expanded={open}
        data-testid="type-answer"
        onClick={() => {
          setOpen(!open);
        }}
      >
        {open ? words.close : words.open}
      </button>
    </section>
  );
}
