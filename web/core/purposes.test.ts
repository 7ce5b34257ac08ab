import { expect, test } from "vitest";
import { type Medium, type Purpose, isPossible, mediaFor, sourceOf, switched } from "./purposes";
import type { ConsentItem } from "./wire.generated";

const item = (purpose: Purpose, needs: Purpose | null = null): ConsentItem => ({ purpose, sentence: "", needs });
const FACE = item("visual-signals");
const LOOK = item("facial-expression", "visual-signals");
const VOICE = item("voice-signals");
const ITEMS = [FACE, LOOK, VOICE];

test.each<[Purpose[], Medium[]]>([
  [[], []],
  [["visual-signals"], ["video"]],
  [["voice-signals"], ["audio"]],
  [["transcript"], ["audio"]],
  [["transcript", "visual-signals", "voice-signals"], ["video", "audio"]],
  [["recording", "facial-expression", "age-and-gender", "voice-emotion", "follow-ups", "answer-scoring"], []],
])("who agreed to %j sends %j", (purposes, media) => {
  expect(mediaFor(purposes)).toEqual(media);
});

test("a purpose can be switched on with the one it needs alone", () => {
  expect(isPossible(FACE, [])).toBe(true);
  expect(isPossible(LOOK, ["voice-signals"])).toBe(false);
  expect(isPossible(LOOK, ["visual-signals"])).toBe(true);
  expect(switched(ITEMS, [], "facial-expression", true)).toEqual([]);
});

test("what is taken back takes with it what needs it, and nothing else", () => {
  const all: Purpose[] = ["visual-signals", "facial-expression", "voice-signals"];
  expect(switched(ITEMS, all, "visual-signals", false)).toEqual(["voice-signals"]);
  expect(switched(ITEMS, all, "facial-expression", false)).toEqual(["visual-signals", "voice-signals"]);
});

test("what is switched on twice is on once, in the order in which it is asked for", () => {
  expect(switched(ITEMS, ["voice-signals"], "visual-signals", true)).toEqual(["visual-signals", "voice-signals"]);
  expect(switched(ITEMS, ["visual-signals"], "visual-signals", true)).toEqual(["visual-signals"]);
});

test("a purpose is served from the medium of what it needs", () => {
  expect([FACE, LOOK, VOICE, item("recording")].map(sourceOf)).toEqual(["video", "video", "audio", null]);
});
