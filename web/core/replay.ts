import { Cell } from "./cell";
import type { RecentSignals } from "./recent-signals";
import { type Head, headOf, headUs } from "./playhead";
import { ProblemError } from "./problem";
import type { ScreenState } from "./screen";
import { Shown } from "./shown";
import { Socket } from "./socket";
import type { Hello, ReplayCommand, ReplayMessage } from "./wire.generated";

/** The interviewer's view of an interview as it was: `/api/v1/interviews/{id}/replay`. */
export class Replay {
  readonly state = new Cell<ScreenState>({ kind: "connecting" });
  readonly recent: RecentSignals;
  readonly #shown: Shown;
  readonly view: Shown["view"];
  /** Null until the server said where it begins. */
  readonly head = new Cell<Head | null>(null);
  readonly #socket: Socket;
  /** The moment that was asked for last, where the server has not gone there yet; microseconds. */
  #wanted: number | null = null;
  /** Commands that the server has not answered: a seek waits for them, so that a slider does not flood the server. */
  #unanswered = 0;
  /** Where to go on after the connection was lost. */
  #resume: Head | null = null;

  constructor(url: string, hello: Omit<Hello, "type">, recent: RecentSignals) {
    this.recent = recent;
    this.#shown = new Shown(recent);
    this.view = this.#shown.view;
    this.#socket = new Socket(url, hello, {
      message: (content) => {
        this.take(content as ReplayMessage);
      },
      lost: () => {
        this.#lost();
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

  /** Go on from here; from the beginning where it stands at the end. */
  play(speed: number): void {
    const head = this.head.value;
    if (head === null) return;
    const now = Date.now();
    if (headUs(head, now) >= head.untilUs) this.seek(0);
    this.head.set({ ...head, atUs: headUs(this.head.value ?? head, now), sinceMs: now, playing: true, speed });
    this.#send({ type: "play", speed });
  }

  pause(): void {
    this.#stand();
    this.#send({ type: "pause" });
  }

  /** Go to a moment, microseconds; a later call overtakes one that is not answered yet. */
  seek(atUs: number): void {
    const head = this.head.value;
    if (head === null) return;
    this.head.set({ ...head, atUs: Math.min(Math.max(0, atUs), head.untilUs), sinceMs: Date.now() });
    this.#wanted = Math.round(Math.max(0, atUs));
    this.#seekOn();
  }

  take(message: ReplayMessage): void {
    switch (message.type) {
      case "snapshot":
      case "change":
        this.#shown.take(message, this.head.value === null ? null : Math.ceil(this.head.value.atUs));
        break;
      case "playhead":
        this.#socket.settled();
        this.state.set({ kind: "open" });
        this.#arrive(headOf(message, Date.now()));
        break;
      case "problem":
        if (message.fatal && !message.problem.retryable) {
          this.#socket.stop();
          this.state.set({ kind: "refused", problem: ProblemError.of(message.problem) });
        }
    }
  }

  #arrive(head: Head): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    const resume = this.#resume;
    this.#resume = null;
    if (resume !== null) {
      this.seek(resume.atUs);
      if (resume.playing && resume.speed !== null) this.play(resume.speed);
      else this.pause();
    } else if (this.#wanted === null && this.#unanswered === 0) {
      this.head.set(head);
    }
    this.#seekOn();
  }

  #seekOn(): void {
    if (this.#wanted === null || this.#unanswered > 0) return;
    this.#send({ type: "seek", at_us: this.#wanted });
    this.#wanted = null;
  }

  #lost(): void {
    this.#unanswered = 0;
    this.#resume ??= this.#stand();
    this.state.set({ kind: "reconnecting" });
  }

  /** Let the head stand where it is; returns it as it was. */
  #stand(): Head | null {
    const head = this.head.value;
    if (head === null) return null;
    const now = Date.now();
    const here = { ...head, atUs: headUs(head, now), sinceMs: now };
    this.head.set({ ...here, playing: false });
    return here;
  }

  #send(command: ReplayCommand): void {
    if (this.#socket.send(command)) this.#unanswered += 1;
  }
}
