import { type ReactNode, useId } from "react";
import { type Purpose, isPossible } from "../core/purposes";
import type { ConsentItem, ConsentText } from "../core/wire.generated";
import { useWords } from "../ui/language";

interface PurposeSwitchProps {
  item: ConsentItem;
  language: ConsentText["language"];
  chosen: readonly Purpose[];
  disabled: boolean;
  onSwitch: (on: boolean) => void;
  /** What stands beside the name, where anything does. */
  state?: string;
}

/** One purpose: its name, its sentence and its switch. */
export function PurposeSwitch({ item, language, chosen, disabled, onSwitch, state }: PurposeSwitchProps): ReactNode {
  const words = useWords();
  const id = useId();
  const possible = isPossible(item, chosen);
  return (
    <div className="purpose" data-possible={possible}>
      <label className="switch">
        <span>
          <span id={`${id}-name`}>{words.purposes[item.purpose]}</span>
          {state !== undefined && <span className="quiet small state">{state}</span>}
        </span>
        <input
          type="checkbox"
          role="switch"
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-sentence`}
          data-testid={`consent-${item.purpose}`}
          checked={chosen.includes(item.purpose)}
          disabled={disabled || !possible}
          onChange={(event) => {
            onSwitch(event.target.checked);
          }}
        />
      </label>
      <p id={`${id}-sentence`} className="quiet small">
        <span lang={language}>{item.sentence}</span>
        {item.needs !== null && !possible && <> {words.applicant.needs(words.purposes[item.needs])}.</>}
      </p>
    </div>
  );
}
