import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { seatWith, sightWith, viewWith } from "./fakes/views";
import { FakeWebSocket } from "./fakes/web-socket";
import { headUs } from "./playhead";
import { type Load, RecentSignals } from "./recent-signals";
import { Replay } from "./replay";

const VIEW = viewWith({ participants: { a: seatWith({ sight: { "9": sightWith({}) } }) } });
const load = vi.fn<Load>(() => Promise.reject(new Error("nothing is recorded")));
const S = 1_000_000;
let replay: Replay;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("addEventListener", vi.fn());
  vi.stubGlobal("removeEventListener", vi.fn());
  FakeWebSocket.opened = [];
  load.mockClear();
  replay = new Replay("ws://here/", { token: "t", claim: "c" }, new RecentSignals(load));
  replay.start();
  FakeWebSocket.newest.accept();
});

afterEach(() => {
  replay.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function head(seconds: number, playing: boolean, speed: number | null = 1): void {
  FakeWebSocket.newest.say({ type: "playhead", at_us: seconds * S, until_us: 100 * S, playing, speed });
}

function sent(): unknown[] {
  return FakeWebSocket.newest.sent.slice(1);
}

function at(): number {
  const known = replay.head.value;
  if (known === null) throw new Error("expected a playhead, got none");
  return headUs(known, Date.now()) / S;
}

test("it shows what the server sends, and goes on by itself between its messages", () => {
  FakeWebSocket.newest.say({ type: "snapshot", position: 5, view: VIEW });
  FakeWebSocket.newest.say({ type: "change", after: 5, position: 6, patch: { title: "Analyst" } });
  head(10, true, 4);
  expect(replay.state.value).toEqual({ kind: "open" });
  expect(replay.view.value?.title).toBe("Analyst");
  vi.advanceTimersByTime(2000);
  expect(at()).toBe(18);
  vi.advanceTimersByTime(60_000);
  expect(at()).toBe(100);
});

test("it stands where it was stopped", () => {
  head(10, true);
  vi.advanceTimersByTime(3000);
  replay.pause();
  vi.advanceTimersByTime(3000);
  expect(at()).toBe(13);
  head(13.01, false);
  expect(at()).toBe(13.01);
  expect(sent()).toEqual([{ type: "pause" }]);
});

test("of the places that a slider passes, one is asked for at a time, and the last for certain", () => {
  head(0, false);
  for (const seconds of [10, 20, 30]) replay.seek(seconds * S);
  expect(at()).toBe(30);
  expect(sent()).toEqual([{ type: "seek", at_us: 10 * S }]);
  head(10, false);
  expect(at()).toBe(30);
  expect(sent()).toEqual([
    { type: "seek", at_us: 10 * S },
    { type: "seek", at_us: 30 * S },
  ]);
  head(30, false);
  expect(sent()).toHaveLength(2);
});

test("it stays within the interview", () => {
  head(0, false);
  replay.seek(-5 * S);
  expect(at()).toBe(0);
  replay.seek(500 * S);
  expect(at()).toBe(100);
});

test("to play at the end is to play again", () => {
  head(100, false);
  replay.play(2);
  expect(sent()).toEqual([
    { type: "seek", at_us: 0 },
    { type: "play", speed: 2 },
  ]);
  vi.advanceTimersByTime(1000);
  expect(at()).toBe(2);
});

test("after a lost connection it goes on where it was", () => {
  head(40, true, 2);
  vi.advanceTimersByTime(5000);
  FakeWebSocket.newest.break();
  expect(replay.state.value).toEqual({ kind: "reconnecting" });
  vi.advanceTimersByTime(20_000);
  FakeWebSocket.newest.accept();
  head(0, true);
  expect(at()).toBe(50);
  expect(sent()).toEqual([
    { type: "seek", at_us: 50 * S },
    { type: "play", speed: 2 },
  ]);
});

test("what was stopped before the connection was lost stays so", () => {
  head(40, false);
  FakeWebSocket.newest.break();
  vi.advanceTimersByTime(20_000);
  FakeWebSocket.newest.accept();
  head(0, true);
  expect(sent()).toEqual([{ type: "seek", at_us: 40 * S }, { type: "pause" }]);
  expect(replay.head.value?.playing).toBe(false);
});

test("a refusal is final", () => {
  const problem = { type: "urn", title: "", status: 404, detail: "", code: "not-found", retryable: false };
  FakeWebSocket.newest.say({ type: "problem", problem, fatal: true });
  expect(replay.state.value).toMatchObject({ kind: "refused", problem: { code: "not-found" } });
});

test("where it goes, it asks for what was recorded by then", () => {
  head(10, false);
  replay.seek(42 * S);
  FakeWebSocket.newest.say({ type: "snapshot", position: 5, view: VIEW });
  expect(load.mock.calls).toEqual([[0, 9, 42 * S]]);
});
