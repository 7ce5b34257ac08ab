import { expect, test } from "vitest";
import { prosodyWith, sightWith } from "./fakes/views";
import { NO_SIGNALS } from "./recent-signals";
import { contour, each, extent, looks, loudness, pauses, present, summed, tones } from "./traces";
import type { ProsodySecond } from "./wire.generated";

const heard = (prosody: Record<string, ProsodySecond>) => ({ ...NO_SIGNALS, prosody });

test("a trace has one value for each second, and gaps where nothing was measured", () => {
  const yaw = each("sight", (second) => second.yaw);
  const trace = yaw({ ...NO_SIGNALS, sight: { "8": sightWith({ yaw: 3 }), "9": sightWith({}) } }, 10);
  expect(trace.values.slice(-4)).toEqual([null, 3, null, null]);
  expect(trace.usual).toBeNull();
});

test("a contour has tenths of seconds, and the median of a second that has none", () => {
  const trace = contour(heard({ "9": prosodyWith({ contour: [100, null, 110, 120] }), "10": prosodyWith({ pitch: 130 }) }), 10);
  expect(trace.seconds.slice(-5)).toEqual([9, 9.25, 9.5, 9.75, 10]);
  expect(trace.values.slice(-5)).toEqual([100, null, 110, 120, 130]);
});

test("the usual is what the newest second that tells lies above", () => {
  const trace = contour(
    heard({
      "9": prosodyWith({ pitch: 100, pitch_above_usual: 0 }),
      "10": prosodyWith({ pitch: 400, pitch_above_usual: 12 }),
      "11": prosodyWith({ pitch: 300 }),
    }),
    11,
  );
  expect(trace.usual).toBeCloseTo(200);
  expect(contour(heard({ "9": prosodyWith({ pitch: 100 }) }), 9).usual).toBeNull();
  expect(loudness(heard({ "9": prosodyWith({ loudness: -24, loudness_above_usual: 4 }) }), 9).usual).toBe(-28);
});

test("of the pauses that ended in a second the longest is marked, and no pause is no mark", () => {
  const trace = pauses(heard({ "9": prosodyWith({ pauses: [0.5, 1.5] }), "10": prosodyWith({}) }), 10);
  expect(trace.values.slice(-2)).toEqual([1.5, null]);
});

test("the present value is one of the last seconds, or none", () => {
  const seconds = [1, 2, 3, 4, 5];
  expect(present({ seconds, values: [1, 2, 3, 4, null] })).toBe(4);
  expect(present({ seconds, values: [1, 2, null, null, null] })).toBeNull();
  expect(present({ seconds: [], values: [] })).toBeNull();
});

test("an extent is of what was measured", () => {
  expect(extent({ seconds: [1, 2, 3], values: [null, 4, -2] })).toEqual({ measured: 2, low: -2, high: 4 });
  expect(extent({ seconds: [1], values: [null] })).toBeNull();
});

test("words have the newest second and the mean of all", () => {
  const look = { pictures: 1, confidence: 1, neutral: 1, joy: 0, sadness: 0, anger: 0, surprise: 0, fear: 0 };
  const signals = { ...NO_SIGNALS, expression: { "9": look, "10": { ...look, neutral: 0.5, joy: 0.5 } } };
  const told = summed(looks(signals));
  expect([told?.newest["joy"], told?.mean["joy"], told?.mean["neutral"]]).toEqual([0.5, 0.25, 0.75]);
  expect(Object.keys(told?.newest ?? {})).toHaveLength(6);
  expect(summed(tones(signals))).toBeNull();
});
