import type { ConsentItem } from "./wire.generated";

export type Purpose = ConsentItem["purpose"];
export type Medium = "video" | "audio";

/** The media that are needed to serve a purpose (`dialogue/interview.py`); a purpose without any needs another one. */
const SERVED_BY: Partial<Record<Purpose, Medium>> = {
  "visual-signals": "video",
  "voice-signals": "audio",
  transcript: "audio",
};

/** The media that may be sent to be analysed for `purposes`, in the order in which they are offered. */
export function mediaFor(purposes: readonly Purpose[]): Medium[] {
  const needed = purposes.map((purpose) => SERVED_BY[purpose]);
  return (["video", "audio"] as const).filter((medium) => needed.includes(medium));
}

/** The medium that a purpose is served from. */
export function sourceOf({ purpose, needs }: ConsentItem): Medium | null {
  return SERVED_BY[purpose] ?? (needs === null ? null : (SERVED_BY[needs] ?? null));
}

/** Whether `item` can be switched on: what it needs is. */
export function isPossible({ needs }: ConsentItem, chosen: readonly Purpose[]): boolean {
  return needs === null || chosen.includes(needs);
}

/** What is chosen of `items` once `purpose` was switched; without it goes whatever needs it. In the order of `items`. */
export function switched(
  items: readonly ConsentItem[],
  chosen: readonly Purpose[],
  purpose: Purpose,
  on: boolean,
): Purpose[] {
  const wanted = on ? [...chosen, purpose] : chosen.filter((other) => other !== purpose);
  return items.filter((item) => wanted.includes(item.purpose) && isPossible(item, wanted)).map((item) => item.purpose);
}
