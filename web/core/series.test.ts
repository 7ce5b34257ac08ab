import { expect, test } from "vitest";
import { WINDOW_SECONDS, isolated, newestSecond, series } from "./series";

const observed = { "98": { x: 1 }, "100": { x: null }, "101": { x: 4 } };
const pick = (second: { x: number | null }): number | null => second.x;

test("a window ends with the second asked for, and what was not observed is a gap", () => {
  const { seconds, values } = series(observed, 101, pick);
  expect(seconds).toHaveLength(WINDOW_SECONDS);
  expect(seconds.slice(-4)).toEqual([98, 99, 100, 101]);
  expect(values.slice(-4)).toEqual([1, null, null, 4]);
});

test("what is older than the window is not in it", () => {
  expect(series(observed, 98 + WINDOW_SECONDS, pick).values.filter((value) => value !== null)).toEqual([4]);
});

test("seconds are compared as numbers, not as words", () => {
  expect(newestSecond({ "9": {}, "10": {} })).toBe(10);
  expect(newestSecond({})).toBeNull();
});

test("a value is alone where both its neighbours are gaps", () => {
  expect(isolated([1, null, 2, 3, null, 4])).toEqual([0, 5]);
  expect(isolated([])).toEqual([]);
});
