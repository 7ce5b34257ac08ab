import { Cell } from "./cell";
import { type Json, mergePatch } from "./merge-patch";
import type { Change, InterviewView, Snapshot } from "./wire.generated";

/** A view that snapshots replace and changes carry on. */
export class Shown {
  readonly view = new Cell<InterviewView | null>(null);
  #position = 0;

  /** A change that does not follow the view held is dropped: the server sees the gap too and sends a snapshot. */
  take(message: Snapshot | Change): void {
    if (message.type === "snapshot") {
      this.#position = message.position;
      this.view.set(message.view);
      return;
    }
    if (message.after !== this.#position || this.view.value === null) return;
    this.#position = message.position;
    this.view.set(mergePatch(this.view.value as unknown as Json, message.patch as Json) as unknown as InterviewView);
  }
}
