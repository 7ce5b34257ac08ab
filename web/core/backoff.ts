const FIRST_MS = 300;
const LONGEST_MS = 10_000;

/**
 * How long to wait before attempt `attempt` (0: the first retry), in milliseconds: doubled each time up to 10 s, half
 * of it random so that many clients of one server do not return at once.
 */
export function backoff(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20));
  return whole / 2 + (whole / 2) * random;
}
