import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import type { Agreement } from "../core/agreement";
import type { SignalingState } from "../core/signaling";
import { MOST_CHARACTERS, type TypedAnswerDraft, type TypedState } from "../core/typed-answer";
import type { ConsentItem, ConsentText } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { TranscriptSwitch } from "./transcript-switch";

interface TypingFormProps {
  draft: TypedAnswerDraft;
  agreement: Agreement;
  text: ConsentText;
  /** The transcript, which a typed answer becomes a part of. */
  item: ConsentItem;
  connection: SignalingState["kind"];
  onClose: () => void;
}

const MODIFIER = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘" : "Ctrl";

/** The answer as it is typed, and what became of it. */
export function TypingForm({ draft, agreement, text, item, connection, onClose }: TypingFormProps): ReactNode {
  const words = useWords().typing;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const written = useCell(draft.text);
  const state = useCell(draft.state);
  const agreed = useCell(agreement.purposes).includes("transcript");
  const sending = state.kind === "sending";
  useEffect(() => {
    field.current?.focus();
  }, []);
  const submit = (): void => {
    if (!agreed) return;
    draft.submit();
    field.current?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) submit();
    else return;
    event.preventDefault();
  };
  return (
    <form
      className="card"
      data-testid="typing"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor={id}>{words.label}</label>
      {!agreed && <TranscriptSwitch agreement={agreement} text={text} item={item} />}
      <textarea
        ref={field}
        id={id}
        rows={3}
        maxLength={MOST_CHARACTERS}
        readOnly={sending}
        aria-describedby={`${id}-hint`}
        data-testid="typed-answer"
        value={written}
        onKeyDown={press}
        onChange={(event) => {
          draft.write(event.target.value);
        }}
      />
      <div className="row between">
        <p id={`${id}-hint`} className="quiet small">
          {words.hint} <span className="keys">{words.keys(MODIFIER)}.</span>
        </p>
        <button
          type="submit"
          className="primary"
          disabled={sending || !agreed || written.trim() === ""}
          data-testid="send-answer"
        >
          {words.send}
        </button>
      </div>
      <Outcome state={state} connected={connection === "open"} agreed={agreed} />
    </form>
  );
}

function Outcome({ state, connected, agreed }: { state: TypedState; connected: boolean; agreed: boolean }): ReactNode {
  const words = useWords();
  const said = words.typing;
  const texts: Record<TypedState["kind"], string> = {
    writing: "",
    sending: connected ? said.sending : said.waiting,
    recorded: said.recorded,
    refused: agreed ? said.notRecorded : "",
  };
  const failed = state.kind === "refused" && agreed;
  return (
    <p className="small" role={failed ? "alert" : "status"} data-testid="typed-outcome">
      {texts[state.kind]}
    </p>
  );
}
