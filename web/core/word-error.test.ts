import { expect, test } from "vitest";
import page from "../../bench/results/words.md?raw";
import { WORD_ERROR } from "./word-error";

test.each(Object.values(WORD_ERROR))("$ofHundred of 100 is what the page says", ({ ofHundred, row }) => {
  expect(page).toContain(row);
  const cells = row.split("|");
  expect(ofHundred).toBe(Math.round(Number(cells.at(-2))));
});
