import { type ReactNode, useEffect, useRef } from "react";
import type { JobGroupNames } from "../core/wire.generated";
import { type Language, useWords } from "../ui/language";

interface JobOptionsProps {
  id: string;
  /** What there is to choose from; null where nobody chooses. */
  groups: readonly JobGroupNames[] | null;
  language: Language;
  /** The job that Enter takes. */
  current: string | undefined;
  optionId: (job: string) => string;
  onChoose: (job: string) => void;
}

/** The jobs to choose from, group by group. */
export function JobOptions({ id, groups, language, current, optionId, onChoose }: JobOptionsProps): ReactNode {
  const words = useWords().job;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <div ref={list} id={id} className="jobs" role="listbox" aria-label={words.label} hidden={groups === null}>
      {groups?.map((group) => (
        <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
          <p id={`${id}-${group.id}`} className="quiet small" role="presentation">
            {group.name[language]}
          </p>
          {group.jobs.map((job) => (
            <div
              key={job.id}
              id={optionId(job.id)}
              role="option"
              aria-selected={job.id === current}
              data-testid={`job-${job.id}`}
              // The field keeps the focus, or its list would close before the click.
              onPointerDown={(event) => {
                event.preventDefault();
              }}
              onClick={() => {
                onChoose(job.id);
              }}
            >
              {job.name[language]}
            </div>
          ))}
        </div>
      ))}
      {groups?.length === 0 && <p className="quiet small">{words.nothing}</p>}
    </div>
  );
}
