import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Call, sessionOf } from "./call";
import { Cell } from "./cell";
import { FakeMediaStream, FakeTrack, asStream, cameraAndMicrophone } from "./fakes/media";
import { FakePeerConnection } from "./fakes/peer-connection";
import type { Candidate, Description, PeerInfo } from "./wire.generated";

const INTERVIEWER: PeerInfo = { participant: "i", role: "interviewer", label: "Interviewer" };
const APPLICANT: PeerInfo = { participant: "a", role: "applicant", label: "Applicant A" };

/** Both ends of a call; what one sends reaches the other, unless the line is cut. */
class Pair {
  readonly polite: Call;
  impolite: Call;
  readonly said: string[] = [];
  cut = false;
  readonly localOfImpolite = new Cell(cameraAndMicrophone());

  constructor() {
    this.polite = new Call({
      peer: APPLICANT,
      polite: true,
      servers: [],
      local: new Cell(cameraAndMicrophone()),
      send: (message) => {
        this.#carry("polite", message, () => this.impolite);
      },
    });
    this.impolite = this.callAgain();
  }

  /** The impolite side with a new page: its old call is gone, the other side does not know. */
  callAgain(): Call {
    this.impolite = new Call({
      peer: INTERVIEWER,
      polite: false,
      servers: [],
      local: this.localOfImpolite,
      send: (message) => {
        this.#carry("impolite", message, () => this.polite);
      },
    });
    return this.impolite;
  }

  close(): void {
    this.polite.close();
    this.impolite.close();
  }

  #carry(from: string, message: Description | Candidate, to: () => Call): void {
    this.said.push(`${from} ${message.type === "description" ? message.kind : "candidate"}`);
    if (!this.cut) setTimeout(() => void to().take(message), 1);
  }
}

let pair: Pair;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  vi.stubGlobal("RTCPeerConnection", FakePeerConnection);
  vi.stubGlobal("MediaStream", FakeMediaStream);
  FakePeerConnection.made = [];
  pair = new Pair();
});

afterEach(() => {
  pair.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Let every message arrive; far shorter than any of the timers. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await vi.advanceTimersByTimeAsync(1);
}

function alive(): FakePeerConnection[] {
  return FakePeerConnection.made.filter(({ closed }) => !closed);
}

/** Both ends are stable, and each holds what the other said. */
function expectAgreed(): void {
  const [one, other, ...more] = alive();
  expect(more).toEqual([]);
  expect([one?.signalingState, other?.signalingState]).toEqual(["stable", "stable"]);
  expect(one?.remoteDescription).toEqual(other?.localDescription);
  expect(other?.remoteDescription).toEqual(one?.localDescription);
}

function kinds(call: Call): string[] {
  return (call.remote.value?.getTracks() ?? []).map(({ kind }) => kind).sort();
}

test("given that both offer at once, when the offers cross, then one call comes of it and both see and hear", async () => {
  await settle();
  expect(pair.said.slice(0, 2).sort()).toEqual(["impolite offer", "polite offer"]);
  expectAgreed();
  expect(kinds(pair.polite)).toEqual(["audio", "video"]);
  expect(kinds(pair.impolite)).toEqual(["audio", "video"]);
});

test("given that an offer was ignored, when candidates of the answer come, then they are not ignored", async () => {
  await settle();
  const candidate = { candidate: "candidate:1 1 udp 1 127.0.0.1 9 typ host", sdp_mid: "0", sdp_m_line_index: 0 };
  await pair.impolite.take({ type: "candidate", peer: "i", ...candidate });
  await pair.polite.take({ type: "candidate", peer: "a", ...candidate });
  expect(alive().map(({ candidates }) => candidates.length)).toEqual([1, 1]);
});

test("given a call, when the transport fails, then both ends make a whole new connection", async () => {
  await settle();
  const before = alive();
  const impolite = before[1];
  impolite?.become("connected");
  expect(pair.impolite.state.value).toBe("connected");
  impolite?.become("failed");
  expect(pair.impolite.state.value).toBe("lost");
  await vi.advanceTimersByTimeAsync(300);
  await settle();
  expect(before.every(({ closed }) => closed)).toBe(true);
  expectAgreed();
});

test("given a call that does not come up, when fifteen seconds are over, then it is tried anew", async () => {
  pair.cut = true;
  await settle();
  pair.cut = false;
  await vi.advanceTimersByTimeAsync(15_000);
  await settle();
  expectAgreed();
  expect(FakePeerConnection.made.length).toBeGreaterThan(2);
});

test("given a call, when the other side loads its page again, then its new offer replaces the connection", async () => {
  await settle();
  const old = alive()[0];
  pair.impolite.close();
  pair.callAgain();
  await settle();
  expect(old?.closed).toBe(true);
  expectAgreed();
});

test("given a call, when the camera goes and another comes, then the connection stays", async () => {
  await settle();
  const made = FakePeerConnection.made.length;
  pair.localOfImpolite.set(asStream([new FakeTrack("audio")]));
  const camera = new FakeTrack("video");
  pair.localOfImpolite.set(asStream([new FakeTrack("audio"), camera]));
  await settle();
  const sent = FakePeerConnection.newest.getTransceivers().map(({ sender }) => sender.track);
  expect(sent).toContain(camera);
  expect(FakePeerConnection.made).toHaveLength(made);
  expectAgreed();
});

test("given a call, when an answer comes that nobody asked for, then nothing changes", async () => {
  await settle();
  const made = FakePeerConnection.made.length;
  await pair.polite.take({ type: "description", peer: "a", kind: "answer", sdp: "v=0\r\no=- 99 2 IN IP4 127.0.0.1" });
  expect(FakePeerConnection.made).toHaveLength(made);
  expectAgreed();
});

test("given a closed call, when time passes and messages come, then no connection is left or made", async () => {
  await settle();
  pair.close();
  await pair.impolite.take({ type: "description", peer: "i", kind: "offer", sdp: "v=0\r\no=- 99 2 IN IP4 127.0.0.1" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(alive()).toEqual([]);
});

test("the session id is the second word of the origin line", () => {
  expect(sessionOf("v=0\r\no=mozilla 4811 7 IN IP4 0.0.0.0\r\ns=-")).toBe("4811");
  expect(sessionOf("garbage")).toBe("");
});
