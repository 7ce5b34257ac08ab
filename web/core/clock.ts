/** The session clock as this browser knows it. */
export interface SessionClock {
  epochUs: number;
  /** What to add to this browser's clock to get the server's, microseconds. */
  offsetUs: number;
}

/** Session time at browser time `nowMs`, in microseconds. */
export function sessionUs(clock: SessionClock, nowMs: number): number {
  return nowMs * 1000 + clock.offsetUs - clock.epochUs;
}

/** `h:mm:ss`, or `mm:ss` below an hour; never negative. */
export function formatElapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number): string => String(part).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
