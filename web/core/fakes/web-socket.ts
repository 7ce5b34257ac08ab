/** A WebSocket whose other end is the test. */
export class FakeWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  /** All that were opened, the oldest first. */
  static opened: FakeWebSocket[] = [];

  static get newest(): FakeWebSocket {
    const socket = FakeWebSocket.opened.at(-1);
    if (socket === undefined) throw new Error("expected a socket to have been opened, none was");
    return socket;
  }

  readonly url: string;
  readonly sent: unknown[] = [];
  readyState: number = FakeWebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeWebSocket.opened.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = FakeWebSocket.CLOSED;
  }

  /** The server accepts. */
  accept(): void {
    this.readyState = FakeWebSocket.OPEN;
    this.onopen?.();
  }

  /** The server says `message`. */
  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The connection breaks. */
  break(): void {
    this.readyState = FakeWebSocket.CLOSED;
    this.onclose?.();
  }
}
