import { backoff } from "./backoff";
import type { Hello } from "./wire.generated";

export interface SocketEvents {
  message: (content: unknown) => void;
  /** The connection broke; another attempt follows by itself. */
  lost: () => void;
}

/** A WebSocket that says hello, and comes back with growing pauses until it is stopped. */
export class Socket {
  readonly #url: string;
  readonly #hello: Hello;
  readonly #events: SocketEvents;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #stopped = false;

  constructor(url: string, hello: Omit<Hello, "type">, events: SocketEvents) {
    this.#url = url;
    this.#hello = { type: "hello", ...hello };
    this.#events = events;
  }

  start(): void {
    globalThis.addEventListener("online", this.#online);
    globalThis.addEventListener("offline", this.#offline);
    this.#connect();
  }

  /** To be called when the server took the hello: the next pause is short again. */
  settled(): void {
    this.#attempt = 0;
  }

  /** Whether `message` could be handed over. */
  send(message: unknown): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Close for good. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    globalThis.removeEventListener("online", this.#online);
    globalThis.removeEventListener("offline", this.#offline);
    this.#socket?.close();
    this.#socket = null;
  }

  readonly #online = (): void => {
    if (this.#socket !== null) return;
    clearTimeout(this.#timer);
    this.#connect();
  };

  readonly #offline = (): void => {
    if (this.#socket !== null) this.#lose(this.#socket);
  };

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      socket.send(JSON.stringify(this.#hello));
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      if (socket === this.#socket) this.#events.message(JSON.parse(event.data));
    };
    socket.onclose = () => {
      this.#lose(socket);
    };
  }

  #lose(socket: WebSocket): void {
    if (this.#stopped || socket !== this.#socket) return;
    this.#socket = null;
    socket.close();
    this.#timer = setTimeout(
      () => {
        this.#connect();
      },
      backoff(this.#attempt++, Math.random()),
    );
    this.#events.lost();
  }
}
