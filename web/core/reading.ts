import { type SessionClock, sessionUs } from "./clock";
import { newestSecond } from "./series";
import type { LiveSight, ParticipantView, ProsodySecond } from "./wire.generated";

/** How old a live value may be before it is no longer shown as the present. */
export const FRESH_US = 2_000_000;
/** How many seconds may pass after a recorded second before it is no longer shown as the present. */
const FRESH_SECONDS = 5;

/** What a screen says of a participant at one moment. */
export interface Reading {
  /** The newest live value, where it is fresh. */
  live: LiveSight | null;
  /** Age of the newest live value, microseconds; null where none came yet. */
  ageUs: number | null;
  /** The newest recorded second with sound, where it is fresh. */
  voice: ProsodySecond | null;
  /** The newest recorded second with sight. */
  second: number | null;
  /** The last second a plot shows. */
  last: number;
}

/** The reading of `seat` at browser time `nowMs`. */
export function reading(
  seat: ParticipantView,
  live: LiveSight | undefined,
  clock: SessionClock,
  nowMs: number,
): Reading {
  const nowUs = sessionUs(clock, nowMs);
  const ageUs = live === undefined ? null : Math.max(0, nowUs - live.at_us);
  const second = newestSecond(seat.sight);
  const heard = newestSecond(seat.prosody);
  const current = Math.floor(nowUs / 1_000_000);
  const voice = heard !== null && current - heard <= FRESH_SECONDS ? (seat.prosody[String(heard)] ?? null) : null;
  return {
    live: live !== undefined && ageUs !== null && ageUs <= FRESH_US ? live : null,
    ageUs,
    voice,
    second,
    last: Math.max(second ?? 0, heard ?? 0, current - 1),
  };
}
