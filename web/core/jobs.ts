import type { Bilingual, JobGroupNames } from "./wire.generated";

type Language = keyof Bilingual;

/** The groups with the jobs whose name, or whose group's name, has every word of `wanted`, in either language. */
export function matching(groups: readonly JobGroupNames[], wanted: string): JobGroupNames[] {
  const parts = folded(wanted).split(" ").filter(Boolean);
  const has = (names: Bilingual[]): boolean => {
    const text = folded(names.flatMap(({ en, ko }) => [en, ko]).join(" "));
    return parts.every((part) => text.includes(part));
  };
  return groups
    .map((group) => ({ ...group, jobs: group.jobs.filter((job) => has([group.name, job.name])) }))
    .filter(({ jobs }) => jobs.length > 0);
}

/** What the job with this id is called; its id where the catalogue has it no longer. */
export function jobName(groups: readonly JobGroupNames[], id: string, language: Language): string {
  return groups.flatMap(({ jobs }) => jobs).find((job) => job.id === id)?.name[language] ?? id;
}

function folded(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
