import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AnalysisStream, allowed } from "./analysis-stream";
import { FakeTrack, asStream, cameraAndMicrophone } from "./fakes/media";
import { FakePeerConnection } from "./fakes/peer-connection";
import type { Medium } from "./purposes";
import type { Description } from "./wire.generated";

const BOTH: Medium[] = ["video", "audio"];
const CODECS = ["video/H264", "video/VP8", "video/VP9"].map((mimeType) => ({ mimeType }));
let sent: Description[];
let analysis: AnalysisStream;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  vi.stubGlobal("RTCPeerConnection", FakePeerConnection);
  vi.stubGlobal("RTCRtpSender", { getCapabilities: () => ({ codecs: CODECS }) });
  FakePeerConnection.made = [];
  sent = [];
  analysis = new AnalysisStream((message) => sent.push(message) > 0);
});

afterEach(() => {
  analysis.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

async function answer(): Promise<void> {
  await analysis.take({ type: "description", peer: "server", kind: "answer", sdp: "v=0" });
}

test.each<[Medium[]]>([[[]], [["video"]], [["audio"]], [BOTH]])("who may send %j sends that", (media) => {
  expect(allowed(cameraAndMicrophone(), media).map(({ kind }) => kind)).toEqual(media);
});

test("without consent no connection is made", async () => {
  await analysis.start(cameraAndMicrophone(), [], []);
  await analysis.reoffer();
  await settle();
  expect(FakePeerConnection.made).toEqual([]);
  expect(sent).toEqual([]);
  expect(analysis.state.value).toBe("off");
});

test("the offer goes to the server, sends only, and the picture is small, in VP8 where there is a choice", async () => {
  await analysis.start(cameraAndMicrophone(), BOTH, []);
  await settle();
  expect(sent.map(({ peer, kind }) => [peer, kind])).toEqual([["server", "offer"]]);
  const [video, audio] = FakePeerConnection.newest.getTransceivers();
  expect([video?.direction, audio?.direction]).toEqual(["sendonly", "sendonly"]);
  expect(video?.codecs[0]).toEqual({ mimeType: "video/VP8" });
  expect(video?.init.sendEncodings).toEqual([
    { maxBitrate: 250_000, maxFramerate: 15, scaleResolutionDownBy: 3 },
  ]);
});

test("what is sent are copies: the camera itself is neither changed nor stopped", async () => {
  const [microphone, camera] = [new FakeTrack("audio"), new FakeTrack("video")];
  await analysis.start(asStream([microphone, camera]), BOTH, []);
  analysis.enable("video", false);
  expect(camera.clones.map(({ enabled }) => enabled)).toEqual([false]);
  expect(camera.enabled).toBe(true);
  analysis.stop();
  expect([...camera.clones, ...microphone.clones].every(({ stopped }) => stopped)).toBe(true);
  expect([camera.stopped, microphone.stopped]).toEqual([false, false]);
});

test("it is on when the transport is up", async () => {
  await analysis.start(cameraAndMicrophone(), BOTH, []);
  await settle();
  await answer();
  expect(analysis.state.value).toBe("connecting");
  FakePeerConnection.newest.become("connected");
  expect(analysis.state.value).toBe("on");
});

test.each<[string, () => void, number]>([
  ["fails", () => { FakePeerConnection.newest.become("failed"); }, 300],
  ["is silent for three seconds", () => { FakePeerConnection.newest.become("disconnected"); }, 3_300],
  ["is given up by the server", () => void analysis.reoffer(), 0],
])("a connection that %s is replaced by a whole new one", async (_, fault, pauseMs) => {
  await analysis.start(cameraAndMicrophone(), BOTH, []);
  await settle();
  await answer();
  const first = FakePeerConnection.newest;
  first.become("connected");
  fault();
  await vi.advanceTimersByTimeAsync(pauseMs);
  expect(first.closed).toBe(true);
  expect(FakePeerConnection.made).toHaveLength(2);
  expect(sent).toHaveLength(2);
});

test("a short break is waited out", async () => {
  await analysis.start(cameraAndMicrophone(), BOTH, []);
  await settle();
  FakePeerConnection.newest.become("connected");
  FakePeerConnection.newest.become("disconnected");
  await vi.advanceTimersByTimeAsync(2_000);
  FakePeerConnection.newest.become("connected");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakePeerConnection.made).toHaveLength(1);
});

test("an offer that the server refuses is made again, each time after a longer pause", async () => {
  await analysis.start(cameraAndMicrophone(), BOTH, []);
  await settle();
  analysis.refused();
  expect(analysis.state.value).toBe("retrying");
  await vi.advanceTimersByTimeAsync(300);
  expect(sent).toHaveLength(2);
  analysis.refused();
  await vi.advanceTimersByTimeAsync(599);
  expect(sent).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toHaveLength(3);
});

test("an answer that is not asked for is dropped", async () => {
  await answer();
  expect(FakePeerConnection.made).toEqual([]);
});

test("an answer to an earlier offer than the newest is dropped", async () => {
  await analysis.start(cameraAndMicrophone(), BOTH, []);
  await settle();
  await analysis.reoffer();
  await settle();
  expect(sent).toHaveLength(2);
  await answer();
  expect(FakePeerConnection.newest.signalingState).toBe("have-local-offer");
  await answer();
  expect(FakePeerConnection.newest.signalingState).toBe("stable");
});

test("the server may take its time to answer, the transport may not", async () => {
  await analysis.start(cameraAndMicrophone(), BOTH, []);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(FakePeerConnection.made).toHaveLength(1);
  await answer();
  await vi.advanceTimersByTimeAsync(15_300);
  expect(FakePeerConnection.made).toHaveLength(2);
});
