import { Cell } from "./cell";
import { ProblemError } from "./problem";
import type { AnswerReceipt, TypedAnswer } from "./wire.generated";

export type TypedState =
  | { kind: "writing" }
  | { kind: "sending" }
  | { kind: "recorded" }
  | { kind: "refused"; problem: ProblemError };

const MOST_SECONDS = 24 * 3600;
const HANGUL = /\p{Script=Hangul}/u;

/** Characters of one answer (`dialogue/typed_answer.py`). */
export const MOST_CHARACTERS = 10_000;

/** An answer that is being typed, until the server says that it is recorded. */
export class TypedAnswerDraft {
  readonly text = new Cell("");
  readonly state = new Cell<TypedState>({ kind: "writing" });
  readonly #send: (message: TypedAnswer) => boolean;
  #begunMs = 0;
  /** What was handed over last; sent again unchanged, it is the same answer. */
  #sent: TypedAnswer | null = null;

  constructor(send: (message: TypedAnswer) => boolean) {
    this.#send = send;
  }

  /** The draft is now `text`. While it is being sent it stays as it is. */
  write(text: string): void {
    if (this.state.value.kind === "sending") return;
    if (this.text.value === "") this.#begunMs = Date.now();
    this.text.set(text);
    this.state.set({ kind: "writing" });
  }

  /** Hand it over; where there is no connection, as soon as there is one. */
  submit(): void {
    const text = this.text.value.trim();
    if (text === "" || this.state.value.kind === "sending") return;
    const seconds = Math.min(Math.max(0, (Date.now() - this.#begunMs) / 1000), MOST_SECONDS);
    const id = this.#sent?.text === text ? this.#sent.id : newAnswerId();
    this.#sent = { type: "typed-answer", id, text, seconds, language: languageOf(text) };
    this.state.set({ kind: "sending" });
    this.#send(this.#sent);
  }

  /** A connection is there again: what was not acknowledged is said once more. */
  resume(): void {
    if (this.state.value.kind === "sending" && this.#sent !== null) this.#send(this.#sent);
  }

  take({ id, problem }: AnswerReceipt): void {
    if (this.state.value.kind !== "sending" || id !== this.#sent?.id) return;
    if (problem !== null) {
      this.state.set({ kind: "refused", problem: ProblemError.of(problem) });
      return;
    }
    this.#sent = null;
    this.text.set("");
    this.state.set({ kind: "recorded" });
  }
}

/** The language that `text` is written in, of those that Intact speaks. */
export function languageOf(text: string): TypedAnswer["language"] {
  return HANGUL.test(text) ? "ko" : "en";
}

function newAnswerId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
