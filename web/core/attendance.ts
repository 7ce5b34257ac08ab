import type { Agreement } from "./agreement";
import { AnalysisStream } from "./analysis-stream";
import { socketUrl } from "./api";
import { Call } from "./call";
import { Cell } from "./cell";
import type { SessionClock } from "./clock";
import { mediaFor } from "./purposes";
import { Signaling } from "./signaling";
import { TypedAnswerDraft } from "./typed-answer";
import type { Candidate, Description, PeerInfo, ServerSignal, Welcome } from "./wire.generated";

const SERVER = "server";
/** The code of a problem with a message to somebody who is gone; others are problems with an offer to the server. */
const NOBODY = "not-found";

export interface AttendanceOptions {
  token: string;
  claim: string;
  role: PeerInfo["role"];
  local: Cell<MediaStream>;
  /** What an applicant's media may be analysed for; null for the interviewer. */
  agreement: Agreement | null;
}

/** One participant's presence in an interview: signalling, a call with each counterpart, and the analysis stream. */
export class Attendance {
  readonly signaling: Signaling;
  readonly calls = new Cell<ReadonlyMap<string, Call>>(new Map());
  readonly clock = new Cell<SessionClock | null>(null);
  readonly analysis: AnalysisStream;
  readonly typed = new TypedAnswerDraft((message) => this.signaling.send(message));
  readonly #options: AttendanceOptions;
  readonly #unsubscribe: readonly (() => void)[];
  #media = "";
  #welcome: Welcome | null = null;

  constructor(options: AttendanceOptions) {
    this.#options = options;
    const { token, claim } = options;
    this.signaling = new Signaling(socketUrl("/signal"), { token, claim }, (message) => {
      this.#take(message);
    });
    this.analysis = new AnalysisStream((message) => this.signaling.send(message));
    const analyse = (): void => {
      this.#analyse();
    };
    const follow = (): void => {
      this.#followAgreement();
    };
    this.#unsubscribe = [
      options.local.subscribe(analyse),
      ...(options.agreement === null ? [] : [options.agreement.purposes.subscribe(follow)]),
    ];
  }

  start(): void {
    this.signaling.start();
  }

  leave(): void {
    this.signaling.leave();
    this.#finish();
  }

  #take(message: ServerSignal): void {
    switch (message.type) {
      case "welcome":
        this.#begin(message);
        break;
      case "peer-joined":
        this.#call(message.peer);
        break;
      case "peer-left":
        this.#hangUp(message.participant);
        break;
      case "description":
        if (message.peer === SERVER) void this.analysis.take(message);
        else void this.calls.value.get(message.peer)?.take(message);
        break;
      case "candidate":
        void this.calls.value.get(message.peer)?.take(message);
        break;
      case "reoffer":
        void this.analysis.reoffer();
        break;
      case "consent-changed":
        this.#options.agreement?.told(message.purposes);
        break;
      case "answer-receipt":
        this.typed.take(message);
        break;
      case "problem":
        if (message.fatal) this.#hangUpAll();
        else if (message.problem.code !== NOBODY) this.analysis.refused();
        break;
      default:
        this.#finish();
    }
  }

  #begin(welcome: Welcome): void {
    if (this.#welcome !== null) void this.#options.agreement?.refresh();
    this.#welcome = welcome;
    this.clock.set({ epochUs: welcome.epoch_us, offsetUs: welcome.server_time_us - Date.now() * 1000 });
    this.#hangUpAll();
    this.analysis.stop();
    for (const peer of welcome.peers) this.#call(peer);
    this.#analyse();
    this.typed.resume();
  }

  #analyse(): void {
    const { agreement, local } = this.#options;
    if (agreement === null || this.#welcome === null) return;
    const media = mediaFor(agreement.purposes.value);
    this.#media = media.join();
    void this.analysis.start(local.value, media, this.#welcome.ice_servers);
  }

  /** What is sent changes only where other media are needed: the server alone knows what they are analysed for. */
  #followAgreement(): void {
    const { agreement } = this.#options;
    if (agreement !== null && mediaFor(agreement.purposes.value).join() !== this.#media) this.#analyse();
  }

  #call(peer: PeerInfo): void {
    this.#hangUp(peer.participant);
    const call = new Call({
      peer,
      polite: this.#options.role === "interviewer",
      servers: this.#welcome?.ice_servers ?? [],
      local: this.#options.local,
      send: (message: Description | Candidate) => this.signaling.send(message),
    });
    this.calls.set(new Map(this.calls.value).set(peer.participant, call));
  }

  #hangUp(participant: string): void {
    const call = this.calls.value.get(participant);
    if (call === undefined) return;
    call.close();
    const others = new Map(this.calls.value);
    others.delete(participant);
    this.calls.set(others);
  }

  #hangUpAll(): void {
    for (const participant of this.calls.value.keys()) this.#hangUp(participant);
  }

  #finish(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#hangUpAll();
    this.analysis.stop();
  }
}
