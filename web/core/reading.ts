import { type SessionClock, sessionUs } from "./clock";
import type { Medium } from "./purposes";
import { newestSecond } from "./series";
import type { InterviewView, LiveSight, ParticipantView, ProsodySecond, SightSecond } from "./wire.generated";

/** How old a live value may be before it is no longer shown as the present. */
export const FRESH_US = 2_000_000;
/** How many seconds may pass after a recorded second before it is no longer shown as the present. */
const FRESH_SECONDS = 5;

/** Share of a second's pictures from which on the second says what the pictures say. */
const MOST = 0.5;

/** What is seen of a person. */
export type Seen = Pick<LiveSight, "face" | "pose" | "toward_screen">;

/** What a screen says of a participant at one moment. */
export interface Reading {
  /** The newest live value, or the newest recorded second in a replay, where it is fresh. */
  live: Seen | null;
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
  return {
    ...recorded(seat, nowUs),
    live: live !== undefined && ageUs !== null && ageUs <= FRESH_US ? live : null,
    ageUs,
  };
}

/** The reading of `seat` at session time `atUs` in a replay: live values were not recorded, so the newest second counts. */
export function replayed(seat: ParticipantView, atUs: number): Reading {
  const rest = recorded(seat, atUs);
  const sight = rest.second !== null && isFresh(rest.second, atUs) ? seat.sight[String(rest.second)] : undefined;
  return { ...rest, live: sight === undefined ? null : seenIn(sight), ageUs: null };
}

function recorded(seat: ParticipantView, atUs: number): Omit<Reading, "live" | "ageUs"> {
  const second = newestSecond(seat.sight);
  const heard = newestSecond(seat.prosody);
  return {
    voice: heard !== null && isFresh(heard, atUs) ? (seat.prosody[String(heard)] ?? null) : null,
    second,
    last: Math.max(second ?? 0, heard ?? 0, Math.floor(atUs / 1_000_000) - 1),
  };
}

function isFresh(second: number, atUs: number): boolean {
  return Math.floor(atUs / 1_000_000) - second <= FRESH_SECONDS;
}

function seenIn({ presence, yaw, pitch, roll, toward_screen }: SightSecond): Seen {
  return {
    face: presence >= MOST,
    pose: yaw == null || pitch == null || roll == null ? null : [yaw, pitch, roll],
    toward_screen: toward_screen == null ? null : toward_screen >= MOST,
  };
}

/** What of `seat` may be measured at present: what was agreed to, or all that a file holds. */
export function agreed({ purposes }: ParticipantView, source: InterviewView["source"]): Record<Medium, boolean> {
  const all = source === "file";
  return { video: all || purposes.includes("visual-signals"), audio: all || purposes.includes("voice-signals") };
}

/** Whether anything is, or was, measured of `seat`. */
export function isMeasured({ purposes, sight, prosody }: ParticipantView): boolean {
  const measured = purposes.includes("visual-signals") || purposes.includes("voice-signals");
  return measured || newestSecond(sight) !== null || newestSecond(prosody) !== null;
}
