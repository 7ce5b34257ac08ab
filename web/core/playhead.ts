import type { Playhead } from "./wire.generated";

/** Where a replay stands, as this browser knows it. */
export interface Head {
  /** Session time at browser time `sinceMs`, microseconds. */
  atUs: number;
  sinceMs: number;
  /** The last moment there is, microseconds. */
  untilUs: number;
  playing: boolean;
  /** Null: as fast as can be. */
  speed: number | null;
}

export function headOf({ at_us, until_us, playing, speed }: Playhead, nowMs: number): Head {
  return { atUs: at_us, untilUs: until_us, playing, speed: speed ?? null, sinceMs: nowMs };
}

/** Session time at browser time `nowMs`, microseconds; never behind the last moment. */
export function headUs({ atUs, sinceMs, untilUs, playing, speed }: Head, nowMs: number): number {
  if (!playing) return atUs;
  if (speed === null) return untilUs;
  return Math.min(untilUs, atUs + Math.max(0, nowMs - sinceMs) * 1000 * speed);
}
