import { Api } from "./api";
import { Cell } from "./cell";
import { type Purpose, switched } from "./purposes";
import type { ConsentText, JoinResponse } from "./wire.generated";

interface Holder {
  token: string;
  claim: string;
}

/** What an applicant agrees to at present: kept by the server, changed here or elsewhere. */
export class Agreement {
  readonly purposes: Cell<readonly Purpose[]>;
  readonly #holder: Holder;
  readonly #api: Api;
  /** Taken back here, and not yet acknowledged: what the server says meanwhile is older than that. */
  #takenBack = new Set<Purpose>();

  constructor(holder: Holder, purposes: readonly Purpose[], api = new Api()) {
    this.#holder = holder;
    this.#api = api;
    this.purposes = new Cell(purposes);
  }

  /** Take back `purpose` and whatever needs it. It holds here at once; rejects with `ProblemError` if it could not be told. */
  async withdraw(text: ConsentText, purpose: Purpose): Promise<void> {
    const gone = text.items.filter((item) => item.purpose === purpose || item.needs === purpose).map((item) => item.purpose);
    for (const each of gone) this.#takenBack.add(each);
    this.#set(this.purposes.value.filter((other) => !gone.includes(other)));
    await this.#api.withdraw({ ...this.#holder, purposes: gone });
  }

  /** Agree to `purpose` besides. It holds once the server knows; rejects with `ProblemError`. */
  async give(text: ConsentText, purpose: Purpose): Promise<void> {
    const purposes = switched(text.items, this.purposes.value, purpose, true);
    const { version, language } = text;
    await this.#api.consent({ ...this.#holder, text_version: version, language, purposes });
    for (const each of purposes) this.#takenBack.delete(each);
    this.#set(purposes);
  }

  /** The server says what holds from now on. */
  told(purposes: readonly Purpose[]): void {
    const fresh = purposes.filter((purpose) => !this.#takenBack.has(purpose));
    if (fresh.length === purposes.length) this.#takenBack.clear();
    this.#set(fresh);
  }

  /** Ask what holds: what was told while there was no connection was missed. */
  async refresh(): Promise<void> {
    let joined: JoinResponse;
    try {
      joined = await this.#api.join({ ...this.#holder, language: "en" });
    } catch {
      return; // What is known here goes on to hold; a purpose that was taken back elsewhere is refused by the server.
    }
    this.told(joined.purposes);
  }

  #set(purposes: readonly Purpose[]): void {
    const before = this.purposes.value;
    if (before.length !== purposes.length || before.some((each) => !purposes.includes(each))) this.purposes.set(purposes);
  }
}
