import { expect, test } from "vitest";
import { decibels, degrees, percent, plain } from "./format";

test("numbers carry their unit and a true minus sign", () => {
  expect(degrees(-12.4)).toBe("−12°");
  expect(decibels(-31.6)).toBe("−32 dBFS");
  expect(percent(0.666)).toBe("67 %");
});

test("there is no minus zero", () => {
  expect(degrees(-0.4)).toBe("0°");
});

test("digits after the point are as many as asked for, and nothing is less than nothing", () => {
  expect([plain(1.25, 1), plain(-1.26, 1), plain(-0.01, 1), plain(3, 0)]).toEqual(["1.3", "−1.3", "0.0", "3"]);
});
