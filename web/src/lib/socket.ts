/**
 * One WebSocket to the agent: calls with their answers, pushes in order, and coming back by itself.
 *
 * States: connecting → open ⇄ away; refused when this origin has no right to speak, removed when its app is gone (both end
 * only by a new page load); locked while the device is (`spec/lock.md`): a page that showed something is loaded anew, so
 * that nothing of it is left, and comes back when the passphrase was given. The page introduces itself with `{bearer, run, since}` and is welcomed with where the pushes
 * stand; everything after that is `Call`, `Reply` and `Push` of the API. A page that comes back within one run of the
 * agent hears what it missed; otherwise `refresh` is asked to read everything anew.
 */

import type {
  Accepted,
  BackedUp,
  BackupTicket,
  Change,
  Contact,
  Deletion,
  Doctor,
  Error as Failure,
  Everywhere,
  FileSaved,
  Forwarded,
  Freed,
  Invitation,
  Launcher,
  Message,
  Open,
  Photo,
  Reached,
  Reply,
  Request,
  Resent,
  Review,
  Seed,
  Sent,
  Settings,
  Status,
  Storage,
  Watching,
} from "../api";
import { advice, loadErrors } from "./l10n";
import { bearer, closeSession, openSession, takeKey } from "./session";

export type Link = "connecting" | "open" | "away" | "refused" | "locked" | "removed";

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

/** A refusal in the reader's language; in the agent's words where this page has none, or its sentences can't be fetched. */
export async function told(failure: Failure): Promise<CallError> {
  await loadErrors().catch(() => undefined);
  return new CallError(failure.kind, ...inWords(failure));
}

function inWords({ id, words, cause, message, hint }: Failure): [message: string, hint: string] {
  const said = advice(id, words);
  if (said === null) return [message, hint];
  if (cause === null) return said;
  const [why, first] = inWords(cause);
  return [`${said[0]} ${why}`, `${first} ${said[1]}`];
}

/** What each method answers. */
interface Answers {
  contacts: Contact[];
  contact: Contact;
  doctor: Doctor;
  invite: Invitation;
  invitation: Invitation | null;
  accept: Accepted;
  accept_cancel: null;
  send: Sent;
  send_file: Sent;
  files: Message[];
  file_get: Message;
  file_pause: Message;
  file_cancel: Message;
  file_free: Freed;
  storage: Storage;
  file_save: FileSaved;
  backup: BackedUp;
  backup_ticket: BackupTicket;
  backup_stop: null;
  log: Message[];
  search: Message[];
  delete: Deletion;
  edit: Message;
  hide: null;
  forward: Sent;
  forward_begin: Open;
  forwarding: Forwarded | null;
  forward_to: Sent;
  draft: string;
  typing: null;
  habits: Contact;
  pin: Message;
  pins: Message[];
  timer: Contact;
  react: Message;
  seen: null;
  reach: Reached;
  resend: Resent;
  verify: Contact;
  rename: Contact;
  arrange: Contact;
  search_all: Everywhere;
  way_home: Open;
  read_cards: Review;
  review: Review;
  take_cards: Contact[];
  drop_cards: null;
  photo: Photo | null;
  launcher: Launcher;
  remove: null;
  status: Status;
  stop: null;
  settings: Settings;
  choose: Settings;
  set_passphrase: Settings;
  keyring: Settings;
  lock: null;
  unlock: null;
  active: null;
  announces: null;
  seed_show: Seed;
  seed_confirm: Seed;
  open: Open;
  watch: Watching;
}

export interface Listener {
  /** The link's state changed. */
  link(state: Link): void;
  /** Read everything anew, and watch; called once the socket is open, unless what was missed is pushed. */
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
/** Why the agent closes a socket for good or with a loss; see `spec/loopback.md`. */
const CLOSED = { refused: 4401, removed: 4404, missed: 4410, locked: 4423 } as const;

/** The agent's answer to the introduction. */
interface Welcome {
  ok: { run: string; seq: number; scope: string | null; resumed: boolean };
}

export class Socket {
  #listener: Listener;
  #socket: WebSocket | null = null;
  #key = takeKey();
  #pending = new Map<number, Pending>();
  #nextId = 1;
  /** The agent's run and the newest push heard in it; null until it was watched. */
  #heard: { run: string; since: number } | null = null;
  #run = "";
  #retryMs = RETRY_MS_MIN;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Connects, and from then on comes back by itself. */
  async start(): Promise<void> {
    const session = await openSession(this.#key);
    if (session === "unreached") return this.#retryLater();
    this.#key = null;
    if (typeof session === "string") return this.#listener.link("refused");
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
    this.#heard = { run: this.#run, since: watching.seq };
    return watching;
  }

  #connect(bearer: string): void {
    const socket = new WebSocket(`ws://${location.host}/api/ws`);
    this.#socket = socket;
    let welcomed = false;
    socket.addEventListener("open", () => socket.send(JSON.stringify({ bearer, ...this.#heard })));
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(String(data)) as Welcome | Reply;
      if (welcomed) return this.#receive(frame as Reply);
      welcomed = true;
      void this.#welcome(socket, (frame as Welcome).ok);
    });
    socket.addEventListener("close", ({ code }) => this.#closed(code));
  }

  async #welcome(socket: WebSocket, { run, resumed }: Welcome["ok"]): Promise<void> {
    this.#run = run;
    try {
      if (!resumed) await this.#listener.refresh();
      this.#retryMs = RETRY_MS_MIN;
      this.#listener.link("open");
    } catch {
      // Gone again while reading, or an answer that was an error: `close` follows, and then another try from the start.
      this.#heard = null;
      socket.close();
    }
  }

  #receive(reply: Reply): void {
    if ("push" in reply) {
      if (this.#heard !== null) this.#heard.since = reply.push.seq;
      return this.#listener.changed(reply.push);
    }
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ("error" in reply) void told(reply.error).then((error) => pending?.reject(error));
    else pending?.resolve(reply.ok);
  }

  #closed(code: number): void {
    this.#socket = null;
    for (const pending of this.#pending.values()) pending.reject(gone());
    this.#pending.clear();
    if (code === CLOSED.missed) return this.#askAnew();
    if (code === CLOSED.locked) return this.#locked();
    if (code === CLOSED.removed) return this.#listener.link("removed");
    if (code !== CLOSED.refused) return this.#retryLater();
    closeSession();
    this.#listener.link("refused");
  }

  /** Nothing of what was shown stays in the page. LOCK-003 */
  #locked(): void {
    if (this.#run !== "") return location.reload();
    this.#listener.link("locked");
  }

  /** Gives the passphrase of a locked device; rejects with a `CallError`. */
  async unlock(passphrase: string): Promise<void> {
    const answer = await fetch("/api/unlock", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ bearer: bearer(), passphrase }),
    }).catch(() => {
      throw gone();
    });
    if (!answer.ok) throw gone();
    const { error } = (await answer.json()) as { error?: Failure };
    if (error !== undefined) throw await told(error);
    return this.start();
  }

  /** The agent is there, and says that pushes were lost on the way here. */
  #askAnew(): void {
    this.#heard = null;
    void this.start();
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
