import { language } from "./language";
import { useCell } from "./use-cell";

/** Dates with the time of day, in the page's language as it is written where this browser is. */
export function useDates(): Intl.DateTimeFormat {
  const spoken = useCell(language);
  const locale = navigator.language.startsWith(spoken) ? navigator.language : spoken;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
}
