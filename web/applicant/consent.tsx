import { type ReactNode, useState } from "react";
import { Api } from "../core/api";
import { type ProblemError, asProblem } from "../core/problem";
import { type Purpose, switched } from "../core/purposes";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import type { Seated } from "../ui/use-seat";
import { PurposeSwitch } from "./purpose-switch";

interface ConsentProps {
  seat: Seated;
  onDecided: (purposes: readonly Purpose[]) => void;
}

/** What is asked for, each purpose with its own switch; all are off until the applicant switches them on or agrees. */
export function Consent({ seat, onDecided }: ConsentProps): ReactNode {
  const words = useWords();
  const said = words.applicant;
  const { token, claim, joined } = seat;
  const { consent } = joined;
  const [chosen, setChosen] = useState<readonly Purpose[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const all = consent.items.map(({ purpose }) => purpose);

  const decide = async (purposes: readonly Purpose[]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = { text_version: consent.version, language: consent.language, purposes: [...purposes] };
      await new Api().consent({ token, claim, ...answer });
      onDecided(purposes);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  return (
    <main className="page">
      <header className="row between">
        <p className="quiet">{joined.title}</p>
        <LanguageSwitch />
      </header>
      <section className="card stack">
        <h1>{said.consentTitle}</h1>
        <p lang={consent.language}>{consent.sentence}</p>
        {all.length === 0 ? (
          <p>{said.nothingAsked}</p>
        ) : (
          <fieldset className="choices">
            <legend className="quiet">{said.choose}</legend>
            {consent.items.map((item) => (
              <PurposeSwitch
                key={item.purpose}
                item={item}
                language={consent.language}
                chosen={chosen}
                disabled={busy}
                onSwitch={(on) => {
                  setChosen(switched(consent.items, chosen, item.purpose, on));
                }}
              />
            ))}
          </fieldset>
        )}
        <div className="actions equal">
          <button type="button" disabled={busy} data-testid="consent-none" onClick={() => void decide([])}>
            {all.length === 0 ? said.goOn : said.agreeNone}
          </button>
          {all.length > 0 && (
            <button
              type="button"
              disabled={busy}
              data-testid="consent-accept"
              onClick={() => void decide(chosen.length > 0 ? chosen : all)}
            >
              {chosen.length === 0 || chosen.length === all.length ? said.agreeAll : said.agreeChosen}
            </button>
          )}
        </div>
        {all.length > 0 && (
          <p className="quiet small number" role="status">
            {said.chosen(chosen.length, all.length)}
          </p>
        )}
        {problem && (
          <p role="alert" data-testid="status">
            <strong>{words.problems[problem.code].title}.</strong> {words.problems[problem.code].advice}
          </p>
        )}
      </section>
    </main>
  );
}
