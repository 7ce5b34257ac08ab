import { FakeTrack } from "./media";

interface Transceiver {
  kind: "audio" | "video";
  direction: RTCRtpTransceiverDirection;
  negotiated: boolean;
  heard: boolean;
  codecs: { mimeType: string }[];
  init: RTCRtpTransceiverInit;
  sender: { track: FakeTrack | null; replaceTrack: (track: FakeTrack | null) => Promise<void> };
  receiver: { track: FakeTrack };
  setCodecPreferences: (codecs: { mimeType: string }[]) => void;
}

type Signal = { type: "offer" | "answer"; sdp: string };

/**
 * The signalling half of a peer connection (W3C WebRTC 1.0, 4.4): states, implicit descriptions, the rollback of an
 * offer by the other side's, and when negotiation is needed. It carries no media; the test says how the transport does.
 */
export class FakePeerConnection {
  /** All that were made, the oldest first. */
  static made: FakePeerConnection[] = [];

  static get newest(): FakePeerConnection {
    const connection = FakePeerConnection.made.at(-1);
    if (connection === undefined) throw new Error("expected a connection to have been made, none was");
    return connection;
  }

  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  readonly iceGatheringState: RTCIceGatheringState = "complete";
  localDescription: Signal | null = null;
  remoteDescription: Signal | null = null;
  readonly candidates: RTCIceCandidateInit[] = [];
  onnegotiationneeded: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: { candidate: RTCIceCandidateInit | null }) => void) | null = null;
  ontrack: ((event: { track: FakeTrack }) => void) | null = null;
  readonly #session: number;
  readonly #transceivers: Transceiver[] = [];
  #telling = false;

  constructor() {
    this.#session = FakePeerConnection.made.push(this);
  }

  get closed(): boolean {
    return this.signalingState === "closed";
  }

  getTransceivers(): Transceiver[] {
    return this.#transceivers;
  }

  addTrack(track: FakeTrack): void {
    const free = this.#transceivers.find(({ kind, sender }) => kind === track.kind && sender.track === null);
    if (free === undefined) this.addTransceiver(track);
    else {
      free.sender.track = track;
      free.direction = "sendrecv";
      free.negotiated = false;
      this.#need();
    }
  }

  addTransceiver(what: FakeTrack | "audio" | "video", init: RTCRtpTransceiverInit = {}): Transceiver {
    const track = what instanceof FakeTrack ? what : null;
    const kind = what instanceof FakeTrack ? what.kind : what;
    const transceiver = transceiverOf(kind, track, init);
    this.#transceivers.push(transceiver);
    this.#need();
    return transceiver;
  }

  createOffer(): Promise<Signal> {
    return Promise.resolve({ type: "offer", sdp: this.#sdp() });
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    if (this.closed) throw new DOMException("closed", "InvalidStateError");
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    this.localDescription = { type, sdp: this.#sdp() };
    if (type === "offer") this.signalingState = "have-local-offer";
    else this.#settle(this.remoteDescription?.sdp ?? "");
  }

  async setRemoteDescription(description: Signal): Promise<void> {
    await Promise.resolve();
    const expected = description.type === "offer" ? ["stable", "have-local-offer"] : ["have-local-offer"];
    if (!expected.includes(this.signalingState)) throw new DOMException("wrong state", "InvalidStateError");
    this.remoteDescription = description;
    for (const kind of kindsOf(description.sdp)) this.#receive(kind, sends(description.sdp, kind));
    if (description.type === "offer") this.signalingState = "have-remote-offer";
    else this.#settle(description.sdp);
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  addEventListener(): void {
    // Gathering is complete from the start, so there is nothing to tell.
  }

  close(): void {
    this.signalingState = "closed";
  }

  /** The transport is now `state`. */
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  #receive(kind: "audio" | "video", sending: boolean): void {
    const found = this.#transceivers.find((transceiver) => transceiver.kind === kind);
    const transceiver = found ?? transceiverOf(kind, null, { direction: "recvonly" });
    if (found === undefined) this.#transceivers.push(transceiver);
    if (sending && !transceiver.heard) {
      transceiver.heard = true;
      this.ontrack?.({ track: transceiver.receiver.track });
    }
  }

  #settle(agreed: string): void {
    this.signalingState = "stable";
    for (const transceiver of this.#transceivers) {
      if (kindsOf(agreed).includes(transceiver.kind)) transceiver.negotiated = true;
    }
    this.#need();
  }

  #need(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      if (this.signalingState !== "stable") return;
      if (this.#transceivers.some(({ negotiated }) => !negotiated)) this.onnegotiationneeded?.();
    });
  }

  #sdp(): string {
    const media = this.#transceivers.map(({ kind, direction }) => `m=${kind} 9\r\na=${direction}`);
    return ["v=0", `o=- ${this.#session} 2 IN IP4 127.0.0.1`, ...media].join("\r\n");
  }
}

function transceiverOf(kind: "audio" | "video", track: FakeTrack | null, init: RTCRtpTransceiverInit): Transceiver {
  const sender: Transceiver["sender"] = {
    track,
    replaceTrack: (next) => {
      sender.track = next;
      return Promise.resolve();
    },
  };
  const made: Transceiver = {
    kind,
    direction: init.direction ?? "sendrecv",
    negotiated: false,
    heard: false,
    codecs: [],
    init,
    sender,
    receiver: { track: new FakeTrack(kind) },
    setCodecPreferences: (codecs) => {
      made.codecs = codecs;
    },
  };
  return made;
}

function kindsOf(sdp: string): ("audio" | "video")[] {
  return [...sdp.matchAll(/^m=(audio|video)/gm)].map(([, kind]) => kind as "audio" | "video");
}

function sends(sdp: string, kind: "audio" | "video"): boolean {
  return new RegExp(`^m=${kind} 9\\r?\\na=send`, "m").test(sdp);
}
