import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { jobName, matching } from "../core/jobs";
import { language, useWords } from "../ui/language";
import { useCell } from "../ui/use-cell";
import { JobOptions } from "./job-options";
import { useJobs } from "./use-jobs";

interface JobFieldProps {
  hostKey: string;
  /** Its id; null where there is none. */
  job: string | null;
  onChoose: (job: string | null) => void;
}

/** The job to interview for, found by name among those of the catalogue (a combobox, WAI-ARIA 1.2). */
export function JobField({ hostKey, job, onChoose }: JobFieldProps): ReactNode {
  const words = useWords();
  const said = words.job;
  const spoken = useCell(language);
  const id = useId();
  const { groups, failed, retry } = useJobs(hostKey);
  /** What is looked for; null while nobody looks. */
  const [wanted, setWanted] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const found = matching(groups ?? [], wanted ?? "");
  const ids = found.flatMap(({ jobs }) => jobs.map((each) => each.id));
  const open = wanted !== null && groups !== null;
  const current = open ? ids[active] : undefined;
  const optionId = (each: string): string => `${id}-${each}`;

  const search = (text: string): void => {
    setWanted(text);
    setActive(0);
  };
  const choose = (chosen: string | null): void => {
    onChoose(chosen);
    setWanted(null);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      if (open) setActive(ids.length === 0 ? 0 : (active + step + ids.length) % ids.length);
      else search("");
    } else if (event.key === "Enter" && wanted !== null) {
      if (current !== undefined) choose(current); // Otherwise it is not found yet, and the form is not to be sent.
    } else if (event.key === "Escape" && open) setWanted(null);
    else return;
    event.preventDefault();
  };

  return (
    <div className="stack tight job">
      <label htmlFor={id}>{said.label}</label>
      <div className="field">
        <input
          id={id}
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-expanded={open}
          aria-controls={`${id}-jobs`}
          aria-autocomplete="list"
          aria-activedescendant={current === undefined ? undefined : optionId(current)}
          aria-describedby={`${id}-hint`}
          data-testid="create-job"
          placeholder={said.none}
          value={wanted ?? (job === null ? "" : jobName(groups ?? [], job, spoken))}
          onChange={(event) => {
            search(event.target.value);
          }}
          onClick={() => {
            if (!open) search("");
          }}
          onKeyDown={press}
          onBlur={() => {
            setWanted(null);
          }}
        />
        {job !== null && (
          <button
            type="button"
            data-testid="create-job-clear"
            onClick={() => {
              choose(null);
            }}
          >
            {said.clear}
          </button>
        )}
      </div>
      <JobOptions
        id={`${id}-jobs`}
        groups={open ? found : null}
        language={spoken}
        current={current}
        optionId={optionId}
        onChoose={choose}
      />
      {failed ? (
        <div className="row" role="status">
          <p className="small">{said.failed}</p>
          <button type="button" onClick={retry}>
            {words.tryAgain}
          </button>
        </div>
      ) : (
        <p id={`${id}-hint`} className="quiet small">
          {said.hint}
        </p>
      )}
    </div>
  );
}
