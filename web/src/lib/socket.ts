/**
 * One WebSocket to the agent: calls with their answers, pushes in order, and coming back by itself.
 *
 * States: connecting → open ⇄ away; locked when this origin has no right to speak (ends only by a new page load).
 * The first frame is `{bearer, since}`; everything after it is `Call`, `Reply` and `Push` of the API. After every
 * opening, and after a hole in the pushes, `refresh` is asked to read everything anew: reading is cheap here, and a page
 * that shows something stale would say more than is known.
 */

import type { Accepted, Change, Contact, Invitation, Message, Open, Reply, Request, Seed, Sent, Status, Watching } from "../api";
import { closeSession, openSession, takeKey } from "./session";

export type Link = "connecting" | "open" | "away" | "locked";

/** An error of the agent, or `not_running` when it went away before it answered. */
export class CallError extends Error {
  constructor(
    readonly kind: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** What each method answers. */
interface Answers {
  contacts: Contact[];
  contact: Contact;
  invite: Invitation;
  invitation: Invitation | null;
  accept: Accepted;
  accept_cancel: null;
  send: Sent;
  log: Message[];
  delete: Message;
  seen: null;
  verify: Contact;
  rename: Contact;
  remove: null;
  status: Status;
  stop: null;
  seed_show: Seed;
  seed_confirm: Seed;
  open: Open;
  watch: Watching;
}

export interface Listener {
  /** The link's state changed. */
  link(state: Link): void;
  /** Read everything anew; called once the socket is open, and after a hole in the pushes. */
  refresh(): Promise<void>;
  /** Something changed. */
  changed(change: Change): void;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: CallError): void;
}

const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 8000;
/** Close codes by which the agent says that the bearer is not good: 1008 is the standard's, 4401 our own. */
const REFUSED = [1008, 4401];

export class Socket {
  #listener: Listener;
  #socket: WebSocket | null = null;
  #key = takeKey();
  #pending = new Map<number, Pending>();
  #nextId = 1;
  #seq: number | null = null;
  #retryMs = RETRY_MS_MIN;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Connects, and from then on comes back by itself. */
  async start(): Promise<void> {
    const session = await openSession(this.#key);
    if (session === "unreached") return this.#retryLater();
    this.#key = null;
    if (typeof session === "string") return this.#listener.link("locked");
    this.#connect(session.bearer);
  }

  /** Asks the agent; rejects with a `CallError`. */
  call<R extends Request>(request: R): Promise<Answers[R["method"]]> {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(gone());
    const id = this.#nextId++;
    socket.send(JSON.stringify({ id, ...request }));
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: (value) => resolve(value as Answers[R["method"]]), reject });
    });
  }

  /** Begins the pushes, and remembers where they stand. */
  async watch(contact: string | null): Promise<Watching> {
    const watching = await this.call({ method: "watch", params: { contact } });
    this.#seq = watching.seq;
    return watching;
  }

  #connect(bearer: string): void {
    const socket = new WebSocket(`ws://${location.host}/api/ws`);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ bearer, since: this.#seq }));
      void this.#opened();
    });
    socket.addEventListener("message", (frame) => this.#receive(JSON.parse(String(frame.data)) as Reply));
    socket.addEventListener("close", (end) => this.#closed(end.code));
  }

  async #opened(): Promise<void> {
    try {
      await this.#listener.refresh();
      this.#retryMs = RETRY_MS_MIN;
      this.#listener.link("open");
    } catch {
      // Gone again while reading: `close` follows and starts over. An agent that answers with an error is tried again too.
      this.#socket?.close();
    }
  }

  #receive(reply: Reply): void {
    if ("push" in reply) {
      const hole = this.#seq !== null && reply.push.seq > this.#seq + 1;
      this.#seq = reply.push.seq;
      this.#listener.changed(reply.push);
      if (hole) void this.#listener.refresh().catch(() => undefined);
      return;
    }
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ("error" in reply) pending?.reject(new CallError(reply.error.kind, reply.error.message, reply.error.hint));
    else pending?.resolve(reply.ok);
  }

  #closed(code: number): void {
    this.#socket = null;
    for (const pending of this.#pending.values()) pending.reject(gone());
    this.#pending.clear();
    if (REFUSED.includes(code)) {
      closeSession();
      this.#listener.link("locked");
    } else {
      this.#retryLater();
    }
  }

  #retryLater(): void {
    this.#listener.link("away");
    setTimeout(() => void this.start(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS_MAX);
  }
}

function gone(): CallError {
  return new CallError("not_running", "", "");
}
