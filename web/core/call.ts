import { backoff } from "./backoff";
import { Cell } from "./cell";
import type { Candidate, Description, IceServer, PeerInfo } from "./wire.generated";
import { iceServers } from "./ice";

export type CallState = "connecting" | "connected" | "lost";

export interface CallOptions {
  peer: PeerInfo;
  /** The polite side gives way when both offer at once; the other side is the first to offer. */
  polite: boolean;
  servers: IceServer[];
  /** What this browser sends; may change at any time. */
  local: Cell<MediaStream>;
  send: (message: Description | Candidate) => void;
}

const CONNECT_MS = 15_000;
const KINDS = ["audio", "video"] as const;

/**
 * Sound and picture with one other participant, by perfect negotiation (W3C WebRTC 1.0, 10.7).
 *
 * A connection that failed, or does not come up in 15 s, is replaced by a whole new one. The other side knows a new one
 * by the session id of its offer (RFC 8866, 5.2) and replaces its own.
 */
export class Call {
  readonly peer: PeerInfo;
  readonly state = new Cell<CallState>("connecting");
  readonly remote = new Cell<MediaStream | null>(null);
  readonly #options: CallOptions;
  readonly #unsubscribe: () => void;
  #connection: RTCPeerConnection;
  #session: string | null = null;
  #offering = false;
  #ignoring = false;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: CallOptions) {
    this.peer = options.peer;
    this.#options = options;
    this.#connection = this.#open();
    this.#unsubscribe = options.local.subscribe(() => {
      this.#sendTracks(this.#connection);
    });
  }

  /** Messages are taken one after another, in the order in which they came. */
  take(message: Description | Candidate): Promise<void> {
    this.#queue = this.#queue.then(() => (message.type === "description" ? this.#describe(message) : this.#reach(message)));
    return this.#queue;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#unsubscribe();
    this.#connection.close();
    this.remote.set(null);
  }

  #open(): RTCPeerConnection {
    const connection = new RTCPeerConnection({ iceServers: iceServers(this.#options.servers) });
    this.#session = null;
    this.#offering = this.#ignoring = false;
    connection.onnegotiationneeded = () => void this.#offer(connection);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate === null || connection !== this.#connection) return;
      this.#options.send({
        type: "candidate",
        peer: this.peer.participant,
        candidate: candidate.candidate,
        sdp_mid: candidate.sdpMid,
        sdp_m_line_index: candidate.sdpMLineIndex,
      });
    };
    connection.ontrack = ({ track }) => {
      const others = (this.remote.value?.getTracks() ?? []).filter((other) => other.kind !== track.kind);
      this.remote.set(new MediaStream([...others, track]));
    };
    connection.onconnectionstatechange = () => {
      if (connection === this.#connection) this.#follow(connection.connectionState);
    };
    this.#sendTracks(connection);
    this.#watch(CONNECT_MS);
    return connection;
  }

  #sendTracks(connection: RTCPeerConnection): void {
    const stream = this.#options.local.value;
    for (const kind of KINDS) {
      const track = stream.getTracks().find((candidate) => candidate.kind === kind);
      const transceiver = connection
        .getTransceivers()
        .find((candidate) => candidate.receiver.track.kind === kind && candidate.direction !== "stopped");
      if (track === undefined) {
        if (transceiver?.sender.track) void transceiver.sender.replaceTrack(null);
        else if (transceiver === undefined && !this.#options.polite) {
          connection.addTransceiver(kind, { direction: "recvonly" });
        }
      } else if (transceiver?.sender.track) void transceiver.sender.replaceTrack(track);
      else connection.addTrack(track, stream);
    }
  }

  async #offer(connection: RTCPeerConnection): Promise<void> {
    this.#offering = true;
    try {
      await connection.setLocalDescription();
      if (connection === this.#connection) this.#sendDescription(connection);
    } catch {
      // The connection was replaced or closed meanwhile; its successor offers anew, and the timer sees to one.
    } finally {
      if (connection === this.#connection) this.#offering = false;
    }
  }

  async #describe({ kind, sdp }: Description): Promise<void> {
    if (this.#closed) return;
    if (kind === "offer") {
      const session = sessionOf(sdp);
      if (this.#session !== null && session !== this.#session) this.#renew();
      const collision = this.#offering || this.#connection.signalingState !== "stable";
      this.#ignoring = !this.#options.polite && collision;
      if (this.#ignoring) return;
      this.#session = session;
    } else {
      this.#ignoring = false;
      if (this.#connection.signalingState !== "have-local-offer") return;
    }
    const connection = this.#connection;
    try {
      await connection.setRemoteDescription({ type: kind, sdp });
      if (kind === "answer") this.#session = sessionOf(sdp);
      else {
        await connection.setLocalDescription();
        if (connection === this.#connection) this.#sendDescription(connection);
      }
    } catch {
      // It did not fit this connection (it was meant for an earlier one): the timer replaces the connection.
    }
  }

  async #reach({ candidate, sdp_mid, sdp_m_line_index }: Candidate): Promise<void> {
    if (this.#closed || this.#ignoring || candidate === null || this.#connection.remoteDescription === null) return;
    try {
      await this.#connection.addIceCandidate({
        candidate,
        sdpMid: sdp_mid ?? null,
        sdpMLineIndex: sdp_m_line_index ?? null,
      });
    } catch {
      // It belongs to an earlier connection, so it is of no use to this one.
    }
  }

  #sendDescription(connection: RTCPeerConnection): void {
    const description = connection.localDescription;
    if (description === null || description.type === "pranswer") return;
    this.#options.send({
      type: "description",
      peer: this.peer.participant,
      kind: description.type,
      sdp: description.sdp,
    });
  }

  #follow(state: RTCPeerConnectionState): void {
    if (state === "connected") {
      clearTimeout(this.#timer);
      this.#attempt = 0;
      this.state.set("connected");
    } else if (state === "failed") {
      this.state.set("lost");
      this.#watch(backoff(this.#attempt++, Math.random()));
    } else if (state === "disconnected") this.state.set("lost");
  }

  #watch(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#options.polite) return;
    this.#timer = setTimeout(() => {
      this.#renew();
    }, milliseconds);
  }

  #renew(): void {
    if (this.#closed) return;
    this.#connection.close();
    this.state.set("connecting");
    this.#connection = this.#open();
  }
}

/** The session id in the origin line of `sdp`: the same for the life of one peer connection. */
export function sessionOf(sdp: string): string {
  return /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? "";
}
