import { type ReactNode, useState } from "react";
import type { Purpose } from "../core/analysis-stream";
import { Api } from "../core/api";
import { type ProblemError, asProblem } from "../core/problem";
import { useWords } from "../ui/language";
import { LanguageSwitch } from "../ui/language-switch";
import type { Seated } from "../ui/use-seat";

interface ConsentProps {
  seat: Seated;
  onDecided: (purposes: readonly Purpose[]) => void;
}

/** What is measured, each purpose with its own switch; all are off until the applicant switches them on or agrees. */
export function Consent({ seat, onDecided }: ConsentProps): ReactNode {
  const words = useWords();
  const { token, claim, joined } = seat;
  const { consent } = joined;
  const [chosen, setChosen] = useState<readonly Purpose[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);

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
  const toggle = (purpose: Purpose, on: boolean): void => {
    setChosen(consent.purposes.filter((other) => (other === purpose ? on : chosen.includes(other))));
  };

  return (
    <main className="page">
      <header className="row between">
        <p className="quiet">{joined.title}</p>
        <LanguageSwitch />
      </header>
      <section className="card stack">
        <h1>{words.applicant.consentTitle}</h1>
        <p lang={consent.language}>{consent.sentence}</p>
        <fieldset className="choices">
          <legend className="quiet">{words.applicant.choose}</legend>
          {consent.purposes.map((purpose) => (
            <label key={purpose} className="switch">
              <span>{words.applicant.purposes[purpose]}</span>
              <input
                type="checkbox"
                role="switch"
                data-testid={`consent-${purpose}`}
                checked={chosen.includes(purpose)}
                onChange={(event) => {
                  toggle(purpose, event.target.checked);
                }}
              />
            </label>
          ))}
        </fieldset>
        <div className="actions equal">
          <button type="button" disabled={busy} data-testid="consent-none" onClick={() => void decide([])}>
            {words.applicant.agreeNone}
          </button>
          <button
            type="button"
            className={chosen.length > 0 ? "primary" : ""}
            disabled={busy}
            data-testid="consent-accept"
            onClick={() => void decide(chosen.length > 0 ? chosen : consent.purposes)}
          >
            {chosen.length === 0 || chosen.length === consent.purposes.length
              ? words.applicant.agreeAll
              : words.applicant.agreeChosen}
          </button>
        </div>
        {problem && (
          <p role="alert" data-testid="status">
            <strong>{words.problems[problem.code].title}.</strong> {words.problems[problem.code].advice}
          </p>
        )}
      </section>
    </main>
  );
}
