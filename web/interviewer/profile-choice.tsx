import { type ReactNode, useEffect, useId, useState } from "react";
import { Api } from "../core/api";
import type { Purpose } from "../core/purposes";
import type { ProfileRules } from "../core/wire.generated";
import { useWords } from "../ui/language";

interface ProfileChoiceProps {
  hostKey: string;
  profile: ProfileRules["profile"];
  switchedOn: readonly Purpose[];
  onChoose: (profile: ProfileRules["profile"], switchedOn: readonly Purpose[]) => void;
}

/** The law and custom that hold, what applicants are asked for by it, and what they may be asked for besides. */
export function ProfileChoice({ hostKey, profile, switchedOn, onChoose }: ProfileChoiceProps): ReactNode {
  const words = useWords();
  const said = words.interviewer;
  const id = useId();
  const profiles = usePolicies(hostKey);
  const rules = profiles.find((each) => each.profile === profile);
  const named = (purposes: readonly Purpose[]): string => purposes.map((purpose) => words.purposes[purpose]).join(", ");
  if (rules === undefined) return null; // What the server takes where nothing is chosen is the standard profile.
  const possible = rules.off.filter((purpose) => {
    const needed = rules.needs[purpose];
    return needed === undefined || rules.asks.includes(needed) || switchedOn.includes(needed);
  });
  return (
    <div className="stack tight">
      <label htmlFor={id}>{said.profile}</label>
      <select
        id={id}
        aria-describedby={`${id}-asks`}
        data-testid="create-profile"
        value={profile}
        onChange={(event) => {
          onChoose(event.target.value as ProfileRules["profile"], []);
        }}
      >
        {profiles.map((each) => (
          <option key={each.profile} value={each.profile}>
            {said.profiles[each.profile]}
          </option>
        ))}
      </select>
      <p id={`${id}-asks`} className="quiet small" data-testid="create-asks">
        {rules.asks.length === 0 ? said.asksNothing : said.asks(named(rules.asks))}
        {rules.never.length > 0 && ` ${said.never(named(rules.never))}`}
      </p>
      {possible.length > 0 && (
        <fieldset className="choices">
          <legend className="quiet small">{said.askToo}</legend>
          {possible.map((purpose) => (
            <label key={purpose} className="switch">
              <span>{words.purposes[purpose]}</span>
              <input
                type="checkbox"
                role="switch"
                data-testid={`ask-${purpose}`}
                checked={switchedOn.includes(purpose)}
                onChange={(event) => {
                  const others = switchedOn.filter((other) => other !== purpose);
                  onChoose(profile, event.target.checked ? [...others, purpose] : others);
                }}
              />
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** What the server knows of profiles; empty until it came. */
function usePolicies(hostKey: string): readonly ProfileRules[] {
  const [profiles, setProfiles] = useState<readonly ProfileRules[]>([]);
  useEffect(() => {
    let current = true;
    new Api(hostKey).policies().then(
      (found) => {
        if (current) setProfiles(found);
      },
      () => undefined, // The list of interviews beside it says that the server does not answer.
    );
    return () => {
      current = false;
    };
  }, [hostKey]);
  return profiles;
}
