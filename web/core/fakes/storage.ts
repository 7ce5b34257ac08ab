/** What a browser keeps; `full` makes one that refuses, as in some private windows. */
export class FakeStorage implements Storage {
  readonly #kept = new Map<string, string>();
  readonly #full: boolean;

  constructor({ full = false }: { full?: boolean } = {}) {
    this.#full = full;
  }

  get length(): number {
    return this.#kept.size;
  }

  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.#full) throw new DOMException("full", "QuotaExceededError");
    this.#kept.set(key, value);
  }

  removeItem(key: string): void {
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
  }

  key(index: number): string | null {
    return [...this.#kept.keys()][index] ?? null;
  }
}
