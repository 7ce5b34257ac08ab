import { type ReactNode, useState } from "react";
import type { Agreement } from "../core/agreement";
import type { AnalysisState } from "../core/analysis-stream";
import { type Medium, type Purpose, sourceOf } from "../core/purposes";
import type { ConsentItem, ConsentText } from "../core/wire.generated";
import { useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { hindrance } from "./measuring";
import { PurposeSwitch } from "./purpose-switch";

interface PurposesProps {
  id: string;
  agreement: Agreement;
  text: ConsentText;
  on: Record<Medium, boolean>;
  analysis: AnalysisState;
}

interface Failure {
  purpose: Purpose;
  on: boolean;
}

/** Each purpose with its state, to be taken back or given again in the midst of the interview. */
export function Purposes({ id, agreement, text, on, analysis }: PurposesProps): ReactNode {
  const words = useWords();
  const said = words.applicant;
  const purposes = useCell(agreement.purposes);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = async (purpose: Purpose, give: boolean): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await (give ? agreement.give(text, purpose) : agreement.withdraw(text, purpose));
    } catch {
      setFailure({ purpose, on: give });
    }
    setBusy(false);
  };
  const state = (item: ConsentItem): string => {
    if (failure !== null && !failure.on && failure.purpose === item.purpose) return said.held;
    const source = sourceOf(item);
    if (!purposes.includes(item.purpose) || (source !== null && !on[source])) return said.off;
    return hindrance(analysis, said) ?? said.on;
  };
  return (
    <div id={id} className="card purposes" role="group" aria-label={said.isOn} data-testid="purposes">
      <p className="quiet small">{said.changeHint}</p>
      {failure !== null && (
        <div className="row" role="alert">
          <p>{failure.on ? said.notGiven : said.heldAdvice}</p>
          <button type="button" disabled={busy} onClick={() => void change(failure.purpose, failure.on)}>
            {words.tryAgain}
          </button>
        </div>
      )}
      {text.items.map((item) => (
        <PurposeSwitch
          key={item.purpose}
          item={item}
          language={text.language}
          chosen={purposes}
          disabled={busy}
          state={state(item)}
          onSwitch={(give) => void change(item.purpose, give)}
        />
      ))}
    </div>
  );
}
