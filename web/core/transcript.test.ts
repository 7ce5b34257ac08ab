import { expect, test, vi } from "vitest";
import { seatWith, viewWith } from "./fakes/views";
import { type Answers, Transcript, entries, hasTranscript, recognisers } from "./transcript";
import type { AnswerView, InterviewView, SegmentView } from "./wire.generated";

const S = 1_000_000;

function segment(start: number, text: string, changed: Partial<SegmentView> = {}): SegmentView {
  return { start: start * S, end: (start + 1) * S, text, confidence: 0.9, source: "pocketsphinx", ...changed };
}

function answer(start: number, ...segments: SegmentView[]): AnswerView {
  const named = Object.fromEntries(segments.map((each, index) => [`s${9 - index}`, each]));
  return { start: start * S, end: (start + 5) * S, ended: "silence", segments: named };
}

function viewOf(answers: Answers): InterviewView {
  const seats = Object.entries(answers).map(([id, said]) => [id, seatWith({ label: id.toUpperCase(), answers: said })]);
  return viewWith({ participants: Object.fromEntries(seats) as InterviewView["participants"] });
}

test("answers of all stand in the order of their time, whatever the order they came in", () => {
  const all = { ann: { z: answer(9), a: answer(1) }, ben: { m: answer(5) } };
  expect(entries(all, viewOf(all)).map(({ label, startUs }) => [label, startUs / S])).toEqual([
    ["ANN", 1],
    ["BEN", 5],
    ["ANN", 9],
  ]);
  expect(entries(all, viewOf(all), "ben").map(({ id }) => id)).toEqual(["m"]);
});

test("segments are read in the order of their time, and alike ones as one passage", () => {
  const said = answer(0, segment(2, "led"), segment(1, "I"), segment(3, "eel", { confidence: 0.2 }), segment(4, "teams"));
  const [entry] = entries({ ann: { one: said } }, viewOf({ ann: { one: said } }));
  expect(entry?.passages).toEqual([
    { kind: "sure", text: "I led" },
    { kind: "low", text: "eel" },
    { kind: "sure", text: "teams" },
  ]);
});

test("what became of a stretch without words is told once, however often it happened in a row", () => {
  const lost = { text: "", confidence: 0, problem: "dropped" } as const;
  const said = answer(0, segment(1, "", lost), segment(2, "", lost), segment(3, "", { ...lost, problem: "failed" }));
  const [entry] = entries({ ann: { one: said } }, viewOf({ ann: { one: said } }));
  expect(entry?.passages).toEqual([
    { kind: "problem", problem: "dropped" },
    { kind: "problem", problem: "failed" },
  ]);
});

test("an answer says whether it is being given, was typed, or broke off", () => {
  const all = {
    ann: {
      a: { start: 1, segments: {} },
      b: { ...answer(2, segment(2, "x", { source: "typed" })), ended: "stopped" as const },
      c: { ...answer(3), ended: "lost" as const },
    },
  };
  expect(entries(all, viewOf(all)).map(({ going, typed, lost }) => [going, typed, lost])).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});

function answered(from: number, to: number): AnswerView[] {
  return Array.from({ length: to - from }, (_, index) => answer(from + index));
}

const named = (answers: AnswerView[]): Record<string, AnswerView> =>
  Object.fromEntries(answers.map((each) => [`a${each.start / S}`, each]));

test("what the view holds no longer is kept and stands before what it holds; who was erased is gone", () => {
  const transcript = new Transcript(() => Promise.resolve({}));
  transcript.show(viewOf({ ann: named(answered(0, 5)), ben: { b: answer(3) } }));
  transcript.show(viewOf({ ann: named(answered(2, 7)) }));
  expect(Object.keys(transcript.answers.value)).toEqual(["ann"]);
  expect(Object.keys(transcript.answers.value["ann"] ?? {})).toEqual(["a0", "a1", "a2", "a3", "a4", "a5", "a6"]);
});

test("shown an earlier moment, it holds nothing of later ones", () => {
  const transcript = new Transcript(() => Promise.resolve({}));
  transcript.show(viewOf({ ann: named(answered(0, 5)) }));
  transcript.show(viewOf({ ann: named(answered(0, 1)) }));
  expect(Object.keys(transcript.answers.value["ann"] ?? {})).toEqual(["a0"]);
});

test("the answers before the first full view are loaded, once", async () => {
  const load = vi.fn(() => Promise.resolve({ ann: named(answered(0, 9)) }));
  const transcript = new Transcript(load);
  transcript.show(viewOf({ ann: named(answered(0, 4)) }));
  expect(load).not.toHaveBeenCalled();
  transcript.show(viewOf({ ann: named(answered(2, 7)) }));
  transcript.show(viewOf({ ann: named(answered(2, 7)) }));
  await vi.waitFor(() => {
    expect(Object.keys(transcript.answers.value["ann"] ?? {})).toEqual(["a0", "a1", "a2", "a3", "a4", "a5", "a6"]);
  });
  expect(load).toHaveBeenCalledTimes(1);
});

test("where they could not be loaded it says so, and they can be asked for again", async () => {
  const load = vi.fn<() => Promise<Answers>>().mockRejectedValueOnce(new Error("away")).mockResolvedValueOnce({});
  const transcript = new Transcript(load);
  transcript.show(viewOf({ ann: named(answered(2, 7)) }));
  await vi.waitFor(() => {
    expect(transcript.missing.value).toBe(true);
  });
  await transcript.ask();
  expect(transcript.missing.value).toBe(false);
});

test("there is a transcript where one is asked for, or where there are answers", () => {
  expect(hasTranscript(viewWith({}))).toBe(false);
  expect(hasTranscript(viewWith({ asked: ["transcript"] }))).toBe(true);
  expect(hasTranscript(viewOf({ ann: { one: answer(1) } }))).toBe(true);
});

test("it is known what the words come from", () => {
  expect(recognisers({ ann: { one: answer(1, segment(1, "a"), segment(2, "b", { source: "typed" })) } })).toEqual(
    new Set(["pocketsphinx", "typed"]),
  );
});
