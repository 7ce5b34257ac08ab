import { expect, test } from "vitest";
import { formatElapsed, sessionUs } from "./clock";

test("session time does not depend on how wrong this browser's clock is", () => {
  const nowMs = 5_000;
  const serverUs = 100_000_000;
  const clock = { epochUs: 90_000_000, offsetUs: serverUs - nowMs * 1000 };
  expect(sessionUs(clock, nowMs + 250)).toBe(10_250_000);
});

test("hours are shown where there are any; a time before the start is none", () => {
  expect([-1, 0, 59.9, 60, 3599, 3600, 36_061].map(formatElapsed)).toEqual([
    "00:00",
    "00:00",
    "00:59",
    "01:00",
    "59:59",
    "1:00:00",
    "10:01:01",
  ]);
});
