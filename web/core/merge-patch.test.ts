import { expect, test } from "vitest";
import { type Json, mergePatch } from "./merge-patch";

/** RFC 7396, appendix A: original, patch, result. */
const EXAMPLES: [Json, Json, Json][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [["a", "b"], ["c", "d"], ["c", "d"]],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test.each(EXAMPLES)("%j with %j is %j", (original, patch, result) => {
  expect(mergePatch(original, patch)).toEqual(result);
});

test("what is patched is left as it was, and what is not touched is shared", () => {
  const before = { kept: { a: 1 }, changed: { b: 2 } };
  const after = mergePatch(before, { changed: { b: 3 } }) as typeof before;
  expect(before).toEqual({ kept: { a: 1 }, changed: { b: 2 } });
  expect(after.changed).toEqual({ b: 3 });
  expect(after.kept).toBe(before.kept);
});

test("a key named __proto__ is a key like any other", () => {
  const patched = mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}}') as Json);
  expect(Object.keys(patched as object)).toEqual(["__proto__"]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
