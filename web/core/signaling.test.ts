import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeWebSocket } from "./fakes/web-socket";
import { Signaling } from "./signaling";
import type { Problem, ServerSignal, Welcome } from "./wire.generated";

const WELCOME: Welcome = {
  type: "welcome",
  participant: "a",
  connection: "1",
  role: "applicant",
  title: "Data engineer",
  epoch_us: 0,
  server_time_us: 1,
  ice_servers: [],
  peers: [],
};
const PROBLEM: Problem = {
  type: "urn:intact:problem:link-used",
  title: "Link used",
  status: 409,
  detail: "This link is already in use in another browser.",
  code: "link-used",
  retryable: false,
};
let taken: ServerSignal[];
let signaling: Signaling;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("addEventListener", vi.fn());
  vi.stubGlobal("removeEventListener", vi.fn());
  FakeWebSocket.opened = [];
  taken = [];
  signaling = new Signaling("ws://here/", { token: "t", claim: "c" }, (message) => taken.push(message));
  signaling.start();
  FakeWebSocket.newest.accept();
});

afterEach(() => {
  signaling.leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** How many sockets were opened once every pause is over. */
function openedInTheEnd(): number {
  vi.advanceTimersByTime(60_000);
  return FakeWebSocket.opened.length;
}

test("it is open when the server welcomes, and again after each reconnect", () => {
  FakeWebSocket.newest.say(WELCOME);
  expect(signaling.state.value).toEqual({ kind: "open", welcome: WELCOME });
  FakeWebSocket.newest.break();
  expect(signaling.state.value.kind).toBe("reconnecting");
  vi.advanceTimersByTime(300);
  FakeWebSocket.newest.accept();
  FakeWebSocket.newest.say(WELCOME);
  expect(signaling.state.value.kind).toBe("open");
  expect(taken).toEqual([WELCOME, WELCOME]);
});

test.each(["replaced", "ended"] as const)("%s is the end: it does not come back by itself", (type) => {
  FakeWebSocket.newest.say({ type });
  FakeWebSocket.newest.break();
  expect(signaling.state.value.kind).toBe(type);
  expect(openedInTheEnd()).toBe(1);
});

test("a problem that no retry can mend is the end, and says which", () => {
  FakeWebSocket.newest.say({ type: "problem", problem: PROBLEM, fatal: true });
  expect(signaling.state.value).toMatchObject({ kind: "refused", problem: { code: "link-used" } });
  expect(openedInTheEnd()).toBe(1);
});

test("a problem that may pass is answered by coming back", () => {
  const problem = { ...PROBLEM, code: "unavailable", retryable: true };
  FakeWebSocket.newest.say({ type: "problem", problem, fatal: true });
  FakeWebSocket.newest.break();
  expect(openedInTheEnd()).toBeGreaterThan(1);
});

test("a problem with one message leaves the rest as it is", () => {
  FakeWebSocket.newest.say(WELCOME);
  FakeWebSocket.newest.say({ type: "problem", problem: PROBLEM, fatal: false });
  expect(signaling.state.value.kind).toBe("open");
  expect(taken).toHaveLength(2);
});

test("whoever leaves says bye", () => {
  FakeWebSocket.newest.say(WELCOME);
  signaling.leave();
  expect(FakeWebSocket.newest.sent).toEqual([{ type: "hello", token: "t", claim: "c" }, { type: "bye" }]);
  expect(signaling.state.value.kind).toBe("left");
});
