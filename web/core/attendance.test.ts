import { type MockInstance, afterEach, beforeEach, expect, test, vi } from "vitest";
import { Agreement } from "./agreement";
import { Attendance } from "./attendance";
import { Cell } from "./cell";
import { FakeMediaStream, cameraAndMicrophone } from "./fakes/media";
import { FakePeerConnection } from "./fakes/peer-connection";
import { FakeWebSocket } from "./fakes/web-socket";
import type { Description, PeerInfo, Welcome } from "./wire.generated";

const INTERVIEWER: PeerInfo = { participant: "i", role: "interviewer", label: "Interviewer" };
const WELCOME: Welcome = {
  type: "welcome",
  participant: "a",
  connection: "1",
  role: "applicant",
  title: "Data engineer",
  epoch_us: 0,
  server_time_us: 1,
  ice_servers: [],
  peers: [INTERVIEWER],
};
let agreement: Agreement;
let refresh: MockInstance<Agreement["refresh"]>;
let attendance: Attendance;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("RTCPeerConnection", FakePeerConnection);
  vi.stubGlobal("RTCRtpSender", { getCapabilities: () => null });
  vi.stubGlobal("MediaStream", FakeMediaStream);
  vi.stubGlobal("addEventListener", vi.fn());
  vi.stubGlobal("removeEventListener", vi.fn());
  vi.stubGlobal("window", { location: { protocol: "http:", host: "here" } });
  FakeWebSocket.opened = [];
  FakePeerConnection.made = [];
  agreement = new Agreement({ token: "t", claim: "c" }, ["visual-signals", "facial-expression"]);
  refresh = vi.spyOn(agreement, "refresh").mockResolvedValue();
  attendance = new Attendance({
    token: "t",
    claim: "c",
    role: "applicant",
    local: new Cell(cameraAndMicrophone()),
    agreement,
  });
  attendance.start();
  FakeWebSocket.newest.accept();
});

afterEach(() => {
  attendance.leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(5);
}

/** To whom descriptions went. */
function addressees(): string[] {
  const sent = FakeWebSocket.newest.sent as { type: string }[];
  return sent.filter(({ type }) => type === "description").map((message) => (message as Description).peer);
}

function alive(): FakePeerConnection[] {
  return FakePeerConnection.made.filter(({ closed }) => !closed);
}

test("a welcome starts a call with whoever is there, and the analysis", async () => {
  FakeWebSocket.newest.say(WELCOME);
  await settle();
  expect([...attendance.calls.value.keys()]).toEqual(["i"]);
  expect(addressees().sort()).toEqual(["i", "server"]);
});

test("whoever joins again gets a whole new call; whoever left has none", async () => {
  FakeWebSocket.newest.say(WELCOME);
  await settle();
  const first = attendance.calls.value.get("i");
  FakeWebSocket.newest.say({ type: "peer-joined", peer: INTERVIEWER });
  expect(attendance.calls.value.get("i")).not.toBe(first);
  expect(alive()).toHaveLength(2);
  FakeWebSocket.newest.say({ type: "peer-left", participant: "i" });
  expect(attendance.calls.value.size).toBe(0);
});

test("after a broken line everything is made anew, and nothing of before is left open", async () => {
  FakeWebSocket.newest.say(WELCOME);
  await settle();
  const before = alive();
  FakeWebSocket.newest.break();
  await vi.advanceTimersByTimeAsync(300);
  FakeWebSocket.newest.accept();
  FakeWebSocket.newest.say(WELCOME);
  await settle();
  expect(before.every(({ closed }) => closed)).toBe(true);
  expect(alive()).toHaveLength(2);
});

test.each(["ended", "replaced"] as const)("when the interview is %s, all connections are closed", async (type) => {
  FakeWebSocket.newest.say(WELCOME);
  await settle();
  FakeWebSocket.newest.say({ type });
  expect(alive()).toEqual([]);
  expect(attendance.analysis.state.value).toBe("off");
});

test("when the applicant takes back all that a camera is needed for, nothing of it is sent any more", async () => {
  FakeWebSocket.newest.say(WELCOME);
  await settle();
  const before = addressees().length;
  FakeWebSocket.newest.say({ type: "consent-changed", purposes: ["visual-signals"] });
  await settle();
  expect(addressees()).toHaveLength(before);
  FakeWebSocket.newest.say({ type: "consent-changed", purposes: ["visual-signals", "voice-signals"] });
  await settle();
  expect(FakePeerConnection.newest.getTransceivers()).toHaveLength(2);
  FakeWebSocket.newest.say({ type: "consent-changed", purposes: ["voice-signals"] });
  await settle();
  expect(FakePeerConnection.newest.getTransceivers()).toHaveLength(1);
  expect(addressees()).toHaveLength(before + 2);
  FakeWebSocket.newest.say({ type: "consent-changed", purposes: [] });
  await settle();
  expect(attendance.analysis.state.value).toBe("off");
  expect(alive()).toHaveLength(1);
});

test("after a broken line the server is asked what was agreed to", async () => {
  FakeWebSocket.newest.say(WELCOME);
  expect(refresh).not.toHaveBeenCalled();
  FakeWebSocket.newest.break();
  await vi.advanceTimersByTimeAsync(300);
  FakeWebSocket.newest.accept();
  FakeWebSocket.newest.say(WELCOME);
  expect(refresh).toHaveBeenCalledOnce();
});

test("a message from somebody unknown changes nothing", async () => {
  FakeWebSocket.newest.say(WELCOME);
  await settle();
  FakeWebSocket.newest.say({ type: "description", peer: "x", kind: "offer", sdp: "v=0" });
  FakeWebSocket.newest.say({ type: "candidate", peer: "x", candidate: null });
  await settle();
  expect([...attendance.calls.value.keys()]).toEqual(["i"]);
});
