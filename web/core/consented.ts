import type { Purpose } from "./analysis-stream";

const PREFIX = "intact.consented.";
const PURPOSES: ReadonlySet<string> = new Set<Purpose>(["visual-signals", "voice-signals"]);

/** What a participant agreed to in this browser, null where that is not known (and must be asked again). */
export function consentedTo(participant: string, storage: Storage = localStorage): Purpose[] | null {
  try {
    const kept = storage.getItem(PREFIX + participant);
    if (kept === null) return null;
    return kept.split(" ").filter((word): word is Purpose => PURPOSES.has(word));
  } catch {
    return null;
  }
}

export function keepConsent(participant: string, purposes: readonly Purpose[], storage: Storage = localStorage): void {
  try {
    storage.setItem(PREFIX + participant, purposes.join(" "));
  } catch {
    // Nothing can be kept here: it is asked again when the page is loaded again.
  }
}
