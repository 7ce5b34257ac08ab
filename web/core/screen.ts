import { Cell } from "./cell";
import { type Json, mergePatch } from "./merge-patch";
import { ProblemError } from "./problem";
import { Socket } from "./socket";
import type { Hello, InterviewView, LiveSight, ScreenMessage } from "./wire.generated";

export type ScreenState = { kind: "connecting" | "open" | "reconnecting" | "closed" } | { kind: "refused"; problem: ProblemError };

/** The interviewer's view of an interview, kept true by the server: `/api/v1/interviews/{id}/screen`. */
export class Screen {
  readonly state = new Cell<ScreenState>({ kind: "connecting" });
  readonly view = new Cell<InterviewView | null>(null);
  /** The newest live signal by participant. */
  readonly live = new Cell<ReadonlyMap<string, LiveSight>>(new Map());
  readonly #socket: Socket;
  #position = 0;

  constructor(url: string, hello: Omit<Hello, "type">) {
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

  /** A change that does not follow the view held is dropped: the server sees the gap too and sends a snapshot. */
  take(message: ScreenMessage): void {
    switch (message.type) {
      case "snapshot":
        this.#socket.settled();
        this.#position = message.position;
        this.view.set(message.view);
        this.state.set({ kind: "open" });
        break;
      case "change":
        if (message.after !== this.#position || this.view.value === null) return;
        this.#position = message.position;
        this.view.set(mergePatch(this.view.value as unknown as Json, message.patch as Json) as unknown as InterviewView);
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
