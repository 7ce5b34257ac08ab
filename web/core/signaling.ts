import { Cell } from "./cell";
import { ProblemError } from "./problem";
import { Socket } from "./socket";
import type { ClientSignal, Hello, ServerSignal, Welcome } from "./wire.generated";

export type SignalingState =
  | { kind: "connecting" }
  | { kind: "open"; welcome: Welcome }
  | { kind: "reconnecting" }
  | { kind: "replaced" }
  | { kind: "ended" }
  | { kind: "refused"; problem: ProblemError }
  | { kind: "left" };

/** One participant's place in an interview: `/api/v1/signal`. */
export class Signaling {
  readonly state = new Cell<SignalingState>({ kind: "connecting" });
  readonly #socket: Socket;
  readonly #take: (message: ServerSignal) => void;

  /** `take` gets every message, `welcome` (after each reconnect again) included, once `state` tells of it. */
  constructor(url: string, hello: Omit<Hello, "type">, take: (message: ServerSignal) => void) {
    this.#take = take;
    this.#socket = new Socket(url, hello, {
      message: (content) => {
        this.#receive(content as ServerSignal);
      },
      lost: () => {
        this.state.set({ kind: "reconnecting" });
      },
    });
  }

  start(): void {
    this.#socket.start();
  }

  /** Whether `message` could be handed over; what could not is not kept, since a welcome starts everything anew. */
  send(message: ClientSignal): boolean {
    return this.#socket.send(message);
  }

  /** Say goodbye and do not come back. */
  leave(): void {
    this.#socket.send({ type: "bye" } satisfies ClientSignal);
    this.#finish({ kind: "left" });
  }

  #receive(message: ServerSignal): void {
    switch (message.type) {
      case "welcome":
        this.#socket.settled();
        this.state.set({ kind: "open", welcome: message });
        break;
      case "replaced":
        this.#finish({ kind: "replaced" });
        break;
      case "ended":
        this.#finish({ kind: "ended" });
        break;
      case "problem":
        if (message.fatal && !message.problem.retryable) {
          this.#finish({ kind: "refused", problem: ProblemError.of(message.problem) });
        }
        break;
      default:
    }
    this.#take(message);
  }

  #finish(state: SignalingState): void {
    this.#socket.stop();
    this.state.set(state);
  }
}
