import { expect, test } from "vitest";
import { backoff } from "./backoff";

test("the longest pause doubles with each attempt, up to ten seconds", () => {
  expect([0, 1, 2, 3, 9, 1000].map((attempt) => backoff(attempt, 1))).toEqual([300, 600, 1200, 2400, 10_000, 10_000]);
});

test("half of a pause is left to chance", () => {
  expect(backoff(2, 0)).toBe(600);
  expect(backoff(2, 0.5)).toBe(900);
});
