import { Cell } from "./cell";
import type { RecentSignals } from "./recent-signals";
import { type Json, mergePatch } from "./merge-patch";
import type { Change, InterviewView, Snapshot } from "./wire.generated";

/** A view that snapshots replace and changes carry on. */
export class Shown {
  readonly view = new Cell<InterviewView | null>(null);
  readonly #recent: RecentSignals;
  #position = 0;

  constructor(recent: RecentSignals) {
    this.#recent = recent;
  }

  /** `byUs`: where a snapshot is of the past, its moment. A change that does not follow the view held is dropped: the server sees the gap too and sends a snapshot. */
  take(message: Snapshot | Change, byUs: number | null = null): void {
    if (message.type === "snapshot") {
      this.#position = message.position;
      this.#show(message.view);
      void this.#recent.ask(byUs);
      return;
    }
    if (message.after !== this.#position || this.view.value === null) return;
    this.#position = message.position;
    this.#show(mergePatch(this.view.value as unknown as Json, message.patch as Json) as unknown as InterviewView);
  }

  #show(view: InterviewView): void {
    this.#recent.show(view);
    this.view.set(view);
  }
}
