import { type ReactNode, useState } from "react";
import type { Agreement } from "../core/agreement";
import type { ConsentItem, ConsentText } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { PurposeSwitch } from "./purpose-switch";

interface TranscriptSwitchProps {
  agreement: Agreement;
  text: ConsentText;
  item: ConsentItem;
}

/** Asks for the agreement that an answer needs to be written down, as "What is on" does. */
export function TranscriptSwitch({ agreement, text, item }: TranscriptSwitchProps): ReactNode {
  const words = useWords().typing;
  const purposes = useCell(agreement.purposes);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const give = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      await agreement.give(text, item.purpose);
    } catch {
      setFailed(true);
      setBusy(false);
    }
  };
  return (
    <div>
      <p>{words.needsConsent}</p>
      {failed && <p role="alert">{words.notGiven}</p>}
      <PurposeSwitch
        item={item}
        language={text.language}
        chosen={purposes}
        disabled={busy}
        onSwitch={(on) => {
          if (on) void give();
        }}
      />
    </div>
  );
}
