import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TypedAnswerDraft, languageOf } from "./typed-answer";
import type { Problem, TypedAnswer } from "./wire.generated";

const BUSY: Problem = { type: "t", title: "t", status: 503, detail: "d", code: "unavailable", retryable: true };
let sent: TypedAnswer[];
let connected: boolean;
let draft: TypedAnswerDraft;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  connected = true;
  draft = new TypedAnswerDraft((message) => {
    if (connected) sent.push(message);
    return connected;
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const newest = (): TypedAnswer => {
  const message = sent.at(-1);
  if (message === undefined) throw new Error("expected an answer to have been sent, none was");
  return message;
};

test("it is sent with an id of its own, and with how long it took", () => {
  draft.write("I ");
  vi.advanceTimersByTime(4_000);
  draft.write("I led a team. ");
  draft.submit();
  expect(sent).toEqual([{ type: "typed-answer", id: newest().id, text: "I led a team.", seconds: 4, language: "en" }]);
  expect(newest().id).toMatch(/^[0-9a-f]{32}$/);
});

test("blank text is not sent", () => {
  draft.write("  \n");
  draft.submit();
  expect(sent).toEqual([]);
  expect(draft.state.value.kind).toBe("writing");
});

test("the draft is gone once the server says that it is recorded, and the next one is another answer", () => {
  draft.write("one");
  draft.submit();
  const first = newest().id;
  expect(draft.text.value).toBe("one");
  draft.take({ type: "answer-receipt", id: first, problem: null });
  expect([draft.text.value, draft.state.value.kind]).toEqual(["", "recorded"]);
  draft.write("one");
  draft.submit();
  expect(newest().id).not.toBe(first);
});

test("what was not acknowledged is the same answer when the connection is back", () => {
  connected = false;
  draft.write("one");
  draft.submit();
  expect([sent.length, draft.text.value, draft.state.value.kind]).toEqual([0, "one", "sending"]);
  connected = true;
  draft.resume();
  draft.resume();
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  draft.take({ type: "answer-receipt", id: newest().id, problem: null });
  draft.resume();
  expect(sent.length).toBe(2);
});

test("refused, it stays; sent again unchanged it is the same answer, changed it is another", () => {
  draft.write("one");
  draft.submit();
  const first = newest().id;
  draft.take({ type: "answer-receipt", id: first, problem: BUSY });
  expect([draft.text.value, draft.state.value.kind]).toEqual(["one", "refused"]);
  draft.submit();
  expect(newest().id).toBe(first);
  draft.take({ type: "answer-receipt", id: first, problem: BUSY });
  draft.write("two");
  draft.submit();
  expect(newest().id).not.toBe(first);
});

test("while it is being sent it cannot be changed, and a receipt for another answer says nothing", () => {
  draft.write("one");
  draft.submit();
  draft.write("two");
  draft.take({ type: "answer-receipt", id: "0".repeat(32), problem: null });
  expect([draft.text.value, draft.state.value.kind]).toEqual(["one", "sending"]);
});

test("a text with Hangul is Korean", () => {
  expect([languageOf("저는 SQL을 씁니다"), languageOf("I use SQL")]).toEqual(["ko", "en"]);
});
