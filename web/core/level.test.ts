import { expect, test } from "vitest";
import { dbfs, share } from "./level";

test("a full-scale square wave is 0 dBFS, a sine about 3 dB below it", () => {
  const sine = Float32Array.from({ length: 4800 }, (_, at) => Math.sin((2 * Math.PI * at) / 48));
  expect(dbfs(Float32Array.of(1, -1, 1, -1))).toBeCloseTo(0);
  expect(dbfs(sine)).toBeCloseTo(-3.01, 2);
});

test("silence, and no sound at all, are the floor", () => {
  expect(dbfs(new Float32Array(128))).toBe(-60);
  expect(dbfs(new Float32Array(0))).toBe(-60);
});

test("a meter is empty at the floor and full at 0 dBFS", () => {
  expect([-80, -60, -30, 0, 6].map(share)).toEqual([0, 0, 0.5, 1, 1]);
});
