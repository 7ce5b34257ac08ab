import { backoff } from "./backoff";
import { Cell } from "./cell";
import { gathered, iceServers } from "./ice";
import type { Medium } from "./purposes";
import type { Description, IceServer } from "./wire.generated";

export type AnalysisState = "off" | "connecting" | "on" | "retrying";

const SERVER = "server";
const HEIGHT = 240;
const RATE = 15;
const BITS_PER_SECOND = 250_000;
const GATHER_MS = 2_000;
/** How long the server may take to answer: its first answer in an interview waits for processes to start. */
const ANSWER_MS = 45_000;
/** How long the transport may take after the answer. */
const CONNECT_MS = 15_000;
const DISCONNECTED_MS = 3_000;

/**
 * Sends what the applicant agreed to have analysed to the server: a small copy of the camera's picture, and the
 * microphone. Every fault is answered with a whole new connection: the server's side knows no ICE restart.
 */
export class AnalysisStream {
  readonly state = new Cell<AnalysisState>("off");
  readonly #send: (message: Description) => boolean;
  #tracks: MediaStreamTrack[] = [];
  #servers: IceServer[] = [];
  #connection: RTCPeerConnection | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #generation = 0;
  /** Offers that the server has not answered; it answers them one after another. */
  #unanswered = 0;

  constructor(send: (message: Description) => boolean) {
    this.#send = send;
  }

  /** Start, or start again, with copies of the tracks of `stream` that are of the allowed `media`. */
  async start(stream: MediaStream, media: readonly Medium[], servers: IceServer[]): Promise<void> {
    const generation = this.#halt();
    this.#servers = servers;
    this.#tracks = allowed(stream, media).map((track) => track.clone());
    await Promise.all(this.#tracks.map(shrink));
    if (this.#tracks.length > 0 && generation === this.#generation) await this.#connect();
  }

  /** Follow a camera or microphone that is switched off or on. */
  enable(kind: "audio" | "video", enabled: boolean): void {
    for (const track of this.#tracks) if (track.kind === kind) track.enabled = enabled;
  }

  /** The server lost its side. */
  async reoffer(): Promise<void> {
    if (this.#tracks.length > 0) await this.#connect();
  }

  /** The server's answer. One to an earlier offer than the newest is dropped. */
  async take({ kind, sdp }: Description): Promise<void> {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    const connection = this.#connection;
    if (this.#unanswered > 0) return;
    if (kind !== "answer" || connection?.signalingState !== "have-local-offer") return;
    this.#retryAfter(connection, CONNECT_MS);
    try {
      await connection.setRemoteDescription({ type: "answer", sdp });
    } catch {
      this.#retry(connection);
    }
  }

  /** The server could not take the offer. */
  refused(): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    if (this.#connection !== null && this.state.value === "connecting") this.#retry(this.#connection);
  }

  /** Stop, and expect no more answers: the signalling that they would come by is gone. */
  stop(): void {
    this.#halt();
    this.#unanswered = 0;
  }

  #halt(): number {
    clearTimeout(this.#timer);
    this.#connection?.close();
    this.#connection = null;
    for (const track of this.#tracks) track.stop();
    this.#tracks = [];
    this.state.set("off");
    return ++this.#generation;
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    this.#connection?.close();
    const connection = new RTCPeerConnection({ iceServers: iceServers(this.#servers) });
    this.#connection = connection;
    this.state.set("connecting");
    connection.onconnectionstatechange = () => {
      this.#follow(connection);
    };
    this.#retryAfter(connection, ANSWER_MS);
    for (const track of this.#tracks) addTrack(connection, track);
    try {
      await connection.setLocalDescription(await connection.createOffer());
      await gathered(connection, GATHER_MS);
    } catch {
      this.#retry(connection);
      return;
    }
    const sdp = connection.localDescription?.sdp;
    if (connection !== this.#connection || sdp === undefined) return;
    if (this.#send({ type: "description", peer: SERVER, kind: "offer", sdp })) this.#unanswered++;
  }

  #follow(connection: RTCPeerConnection): void {
    if (connection !== this.#connection) return;
    switch (connection.connectionState) {
      case "connected":
        clearTimeout(this.#timer);
        this.#attempt = 0;
        this.state.set("on");
        break;
      case "disconnected":
        this.#retryAfter(connection, DISCONNECTED_MS);
        break;
      case "failed":
        this.#retry(connection);
        break;
      default:
    }
  }

  #retryAfter(connection: RTCPeerConnection, milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#retry(connection);
    }, milliseconds);
  }

  #retry(connection: RTCPeerConnection): void {
    if (connection !== this.#connection) return;
    connection.close();
    this.state.set("retrying");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), backoff(this.#attempt++, Math.random()));
  }
}

/** The tracks of `stream` that are of the allowed `media`. */
export function allowed(stream: MediaStream, media: readonly Medium[]): MediaStreamTrack[] {
  return [
    ...(media.includes("video") ? stream.getVideoTracks() : []),
    ...(media.includes("audio") ? stream.getAudioTracks() : []),
  ];
}

async function shrink(track: MediaStreamTrack): Promise<void> {
  if (track.kind !== "video") return;
  try {
    await track.applyConstraints({ height: { ideal: HEIGHT }, frameRate: { ideal: RATE, max: RATE } });
  } catch {
    // A camera that cannot is left as it is: the encoder is told the same limits.
  }
}

function addTrack(connection: RTCPeerConnection, track: MediaStreamTrack): void {
  if (track.kind === "audio") {
    connection.addTransceiver(track, { direction: "sendonly" });
    return;
  }
  const scale = Math.max(1, (track.getSettings().height ?? HEIGHT) / HEIGHT);
  const encoding = { maxBitrate: BITS_PER_SECOND, maxFramerate: RATE, scaleResolutionDownBy: scale };
  const transceiver = connection.addTransceiver(track, { direction: "sendonly", sendEncodings: [encoding] });
  const codecs = RTCRtpSender.getCapabilities("video")?.codecs ?? [];
  const vp8First = [...codecs].sort((one, other) => Number(isVp8(other)) - Number(isVp8(one)));
  if (vp8First.some(isVp8)) transceiver.setCodecPreferences(vp8First);
}

function isVp8(codec: RTCRtpCodec): boolean {
  return codec.mimeType.toLowerCase() === "video/vp8";
}
