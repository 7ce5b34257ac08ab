import { Cell } from "./cell";
import type { RecentSignals } from "./recent-signals";
import { ProblemError } from "./problem";
import { Shown } from "./shown";
import { Socket } from "./socket";
import type { Hello, LiveSight, ScreenMessage } from "./wire.generated";

export type ScreenState = { kind: "connecting" | "open" | "reconnecting" | "closed" } | { kind: "refused"; problem: ProblemError };

/** The interviewer's view of an interview, kept true by the server: `/api/v1/interviews/{id}/screen`. */
export class Screen {
  readonly state = new Cell<ScreenState>({ kind: "connecting" });
  readonly recent: RecentSignals;
  readonly #shown: Shown;
  readonly view: Shown["view"];
  /** The newest live signal by participant. */
  readonly live = new Cell<ReadonlyMap<string, LiveSight>>(new Map());
  readonly #socket: Socket;

  constructor(url: string, hello: Omit<Hello, "type">, recent: RecentSignals) {
    this.recent = recent;
    this.#shown = new Shown(recent);
    this.view = this.#shown.view;
    this.#socket = new Socket(url, hello, {
      message: (content) => {
        this.take(content as ScreenMessage);
      },
      lost: () => {
        this.state.set({ kind: "reconnecting" });
      },
    });
  }

  start(): void {
    this.#socket.start();
  }

  stop(): void {
    this.#socket.stop();
    this.state.set({ kind: "closed" });
  }

  take(message: ScreenMessage): void {
    switch (message.type) {
      case "snapshot":
        this.#socket.settled();
        this.#shown.take(message);
        this.state.set({ kind: "open" });
        break;
      case "change":
        this.#shown.take(message);
        break;
      case "live-sight":
        this.live.set(new Map(this.live.value).set(message.participant, message));
        break;
      case "problem":
        if (message.fatal && !message.problem.retryable) {
          this.#socket.stop();
          this.state.set({ kind: "refused", problem: ProblemError.of(message.problem) });
        }
    }
  }
}
