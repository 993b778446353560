// A WebSocket to a room that comes back by itself after a loss, and says why when it can't.

import { CLOSED, type FirstMessage, SUBPROTOCOL, type ServerMessage, parseServerMessage } from "./messages";

/** Why there is no room any more: the server's code, or a browser that opens no WebSocket here. */
export type Ending = keyof typeof CLOSED | "unsupported";

interface Listener {
  onMessage(message: ServerMessage): void;
  /** The network is gone; the connection is being made again. */
  onLoss(): void;
  onEnd(ending: Ending): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
/** The server speaks every ten seconds; a network that is silent for longer is gone. */
const SILENCE_MS = 25_000;
const DOUBT_MS = 12_000;
/** A room that is unknown may come back: its guide opens it again after a restart of the server. */
const ABSENCE_MS = 120_000;

export class Connection {
  readonly #first: () => FirstMessage;
  readonly #listener: Listener;
  readonly #stopped = new AbortController();
  #socket: WebSocket | undefined;
  #retry = 0;
  #silence = 0;
  #wait_ms = FIRST_WAIT_MS;
  #heardAt: number | undefined;

  /** `wasIn` says that the room was there a moment ago. */
  constructor(first: () => FirstMessage, listener: Listener, wasIn = false) {
    this.#first = first;
    this.#listener = listener;
    if (wasIn) this.#heardAt = Date.now();
    const { signal } = this.#stopped;
    addEventListener("online", () => this.#wake(), { signal });
    // A page with an open socket can't be kept for the way back; one that was kept knows old news.
    addEventListener("pagehide", () => this.#drop(), { signal });
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake(), { signal });
    // Safari before 16 takes wss: for another origin than 'self' (w3c/webappsec-csp, issue 7).
    document.addEventListener("securitypolicyviolation", ({ blockedURI }) => /^wss?:/.test(blockedURI) && this.#end("unsupported"), { signal });
    this.#open();
  }

  /** Send to the room what changed; nothing while it is out of reach. */
  send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  close(): void {
    this.#stopped.abort();
    this.#drop();
  }

  /** Whoever takes the phone out again does not wait for timers. */
  #wake(): void {
    if (Date.now() - (this.#heardAt ?? 0) > DOUBT_MS) this.#drop();
    this.#open();
  }

  #open(): void {
    if (this.#socket || this.#stopped.signal.aborted) return;
    clearTimeout(this.#retry);
    let socket: WebSocket;
    try {
      socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/-/guide`, SUBPROTOCOL);
    } catch {
      this.#end("unsupported");
      return;
    }
    this.#socket = socket;
    this.#hear();
    socket.onopen = () => socket.send(JSON.stringify(this.#first()));
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onclose = ({ code }) => this.#socket === socket && this.#lose(code);
  }

  #take(data: unknown): void {
    const message = parseServerMessage(data);
    if (!message) {
      this.#socket?.close(CLOSED.malformed);
      this.#end("malformed");
      return;
    }
    this.#wait_ms = FIRST_WAIT_MS;
    this.#heardAt = Date.now();
    this.#hear();
    this.#listener.onMessage(message);
  }

  #hear(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#socket?.close();
      this.#lose();
    }, SILENCE_MS);
  }

  #lose(code?: number): void {
    this.#drop();
    const ending = (Object.keys(CLOSED) as (keyof typeof CLOSED)[]).find((name) => CLOSED[name] === code);
    const mayComeBack = ending === "noRoom" && this.#heardAt !== undefined && Date.now() - this.#heardAt < ABSENCE_MS;
    if (ending && !mayComeBack) {
      this.#end(ending);
      return;
    }
    this.#listener.onLoss();
    const wait_ms = this.#wait_ms * (0.7 + 0.6 * Math.random()); // a group does not knock all at once
    this.#wait_ms = Math.min(LONGEST_WAIT_MS, this.#wait_ms * 2);
    this.#retry = setTimeout(() => this.#open(), wait_ms);
  }

  #end(ending: Ending): void {
    this.close();
    this.#listener.onEnd(ending);
  }

  #drop(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}
