import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeWebSocket } from "./fakes/web-socket";
import { Socket } from "./socket";

const HELLO = { token: "t", claim: "c" };
const network = new EventTarget();
const message = vi.fn();
const lost = vi.fn();
let socket: Socket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("addEventListener", network.addEventListener.bind(network));
  vi.stubGlobal("removeEventListener", network.removeEventListener.bind(network));
  FakeWebSocket.opened = [];
  socket = new Socket("ws://here/", HELLO, { message, lost });
  socket.start();
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.clearAllMocks();
});

test("hello is the first thing said, on every connection", () => {
  FakeWebSocket.newest.accept();
  FakeWebSocket.newest.break();
  vi.advanceTimersByTime(300);
  FakeWebSocket.newest.accept();
  expect(FakeWebSocket.opened.map(({ sent }) => sent)).toEqual([[{ type: "hello", ...HELLO }], [{ type: "hello", ...HELLO }]]);
});

test("nothing can be said before the server accepts, nor after the connection broke", () => {
  expect(socket.send("early")).toBe(false);
  FakeWebSocket.newest.accept();
  expect(socket.send("now")).toBe(true);
  FakeWebSocket.newest.break();
  expect(socket.send("late")).toBe(false);
});

test("each failure makes the pause longer, and a settled connection makes it short again", () => {
  FakeWebSocket.newest.break();
  vi.advanceTimersByTime(299);
  expect(FakeWebSocket.opened).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(FakeWebSocket.opened).toHaveLength(2);
  FakeWebSocket.newest.break();
  vi.advanceTimersByTime(599);
  expect(FakeWebSocket.opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(FakeWebSocket.opened).toHaveLength(3);
  FakeWebSocket.newest.accept();
  socket.settled();
  FakeWebSocket.newest.break();
  vi.advanceTimersByTime(300);
  expect(FakeWebSocket.opened).toHaveLength(4);
});

test("a connection that broke is told of once, and what still comes over it is not heard", () => {
  const first = FakeWebSocket.newest;
  first.break();
  first.break();
  first.say("late");
  expect(lost).toHaveBeenCalledOnce();
  expect(message).not.toHaveBeenCalled();
});

test("the network's return ends the pause", () => {
  FakeWebSocket.newest.accept();
  network.dispatchEvent(new Event("offline"));
  expect(lost).toHaveBeenCalledOnce();
  network.dispatchEvent(new Event("online"));
  expect(FakeWebSocket.opened).toHaveLength(2);
  vi.advanceTimersByTime(60_000);
  expect(FakeWebSocket.opened).toHaveLength(2);
});

test("the network's return does not disturb a connection that held", () => {
  FakeWebSocket.newest.accept();
  network.dispatchEvent(new Event("online"));
  expect(FakeWebSocket.opened).toHaveLength(1);
});

test("a stopped socket stays away", () => {
  FakeWebSocket.newest.break();
  socket.stop();
  network.dispatchEvent(new Event("online"));
  vi.advanceTimersByTime(60_000);
  expect(FakeWebSocket.opened).toHaveLength(1);
});
