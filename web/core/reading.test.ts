import { expect, test } from "vitest";
import { prosodyWith, seatWith, sightWith } from "./fakes/views";
import { FRESH_US, agreed, isMeasured, reading, replayed } from "./reading";
import type { LiveSight } from "./wire.generated";

/** A session clock that is the browser's own. */
const CLOCK = { epochUs: 0, offsetUs: 0 };
const SEAT = seatWith({
  seconds_seen: 1,
  seconds_heard: 1,
  sight: { "58": sightWith({}) },
  prosody: { "57": prosodyWith({}) },
});
const NOW_MS = 60_000;

function liveAt(at_us: number): LiveSight {
  return {
    type: "live-sight",
    participant: "a",
    at_us,
    media_time: 0,
    face: true,
    confidence: 1,
    box: null,
    pose: [0, 0, 0],
    gaze: null,
    toward_screen: null,
  };
}

test("a fresh live value is the present, an old one is only an age", () => {
  const fresh = liveAt(NOW_MS * 1000 - FRESH_US);
  const old = liveAt(NOW_MS * 1000 - FRESH_US - 1);
  expect(reading(SEAT, fresh, CLOCK, NOW_MS)).toMatchObject({ live: fresh, ageUs: FRESH_US });
  expect(reading(SEAT, old, CLOCK, NOW_MS)).toMatchObject({ live: null, ageUs: FRESH_US + 1 });
  expect(reading(SEAT, undefined, CLOCK, NOW_MS)).toMatchObject({ live: null, ageUs: null });
});

test("a live value from a moment ahead, as clocks may have it, has no age", () => {
  expect(reading(SEAT, liveAt(NOW_MS * 1000 + 5_000), CLOCK, NOW_MS).ageUs).toBe(0);
});

test("the newest recorded second is told, and its sound while it is fresh", () => {
  expect(reading(SEAT, undefined, CLOCK, NOW_MS)).toMatchObject({ second: 58, voice: { loudness: -30 } });
  expect(reading(SEAT, undefined, CLOCK, NOW_MS + 30_000)).toMatchObject({ second: 58, voice: null });
});

test("the plots go on to the present, so that a person who is gone leaves a gap", () => {
  expect(reading(SEAT, undefined, CLOCK, NOW_MS).last).toBe(59);
  expect(reading(SEAT, undefined, CLOCK, NOW_MS + 30_000).last).toBe(89);
});

test("a replay shows the newest recorded second in the place of what was live, while it is fresh", () => {
  const second = { frames: 15, dropped: 0, presence: 0.6, confidence: 0.9, yaw: 1, pitch: 2, roll: 3, toward_screen: 0.4 };
  const seat = { ...SEAT, sight: { "58": second } };
  expect(replayed(seat, 60_000_000)).toMatchObject({
    live: { face: true, pose: [1, 2, 3], toward_screen: false },
    ageUs: null,
    second: 58,
    voice: { loudness: -30 },
    last: 59,
  });
  expect(replayed(seat, 64_000_000)).toMatchObject({ live: null, second: 58, voice: null, last: 63 });
});

test("what a recorded second does not say is not made up", () => {
  expect(replayed(SEAT, 60_000_000).live).toEqual({ face: true, pose: null, toward_screen: null });
  const nothing = { ...SEAT, sight: {}, prosody: {} };
  expect(replayed(nothing, 60_000_000)).toMatchObject({ live: null, second: null, voice: null });
});

test("what was agreed to may be measured, and all of a file", () => {
  const refused = { ...SEAT, purposes: [] };
  expect(agreed({ ...SEAT, purposes: ["voice-signals"] }, "live")).toEqual({ video: false, audio: true });
  expect(agreed(refused, "live")).toEqual({ video: false, audio: false });
  expect(agreed(refused, "file")).toEqual({ video: true, audio: true });
});

test("who took everything back was measured still", () => {
  const refused = { ...SEAT, purposes: [] };
  expect([isMeasured(SEAT), isMeasured(refused)]).toEqual([true, true]);
  expect(isMeasured({ ...refused, sight: {}, prosody: {} })).toBe(false);
  expect(isMeasured({ ...refused, sight: {} })).toBe(true);
});
