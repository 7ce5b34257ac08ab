import { expect, test } from "vitest";
import { decibels, degrees, percent } from "./format";

test("numbers carry their unit and a true minus sign", () => {
  expect(degrees(-12.4)).toBe("−12°");
  expect(decibels(-31.6)).toBe("−32 dBFS");
  expect(percent(0.666)).toBe("67 %");
});

test("there is no minus zero", () => {
  expect(degrees(-0.4)).toBe("0°");
});
