const PREFIX = "intact.claim.";
const BYTES = 32;

/** Claims that could not be kept. */
const loose = new Map<string, string>();

/**
 * The secret with which this browser claims a participant's link: made once, then kept. Where nothing can be kept, it
 * lasts as long as the page.
 */
export function claimFor(participant: string, storage: Storage = window.localStorage): string {
  const key = PREFIX + participant;
  try {
    const kept = storage.getItem(key);
    if (kept !== null) return kept;
    const made = randomSecret();
    storage.setItem(key, made);
    return made;
  } catch {
    const made = loose.get(participant) ?? randomSecret();
    loose.set(participant, made);
    return made;
  }
}

/** 32 random bytes as base64url without padding. */
export function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
