/**
 * What a contact's app knows: the contact, and a window onto the messages, the newest ones unless somebody jumped.
 *
 * Messages are kept in the agent's order, oldest first, without holes: `older` reaches further back, `trim` lets go of
 * what was reached so that a long conversation stays light. `unread` is where the line of new messages stands.
 *
 * A jump far back leaves the newest end: the window then stands around the message that was asked for, `newer` reaches
 * on, what arrives meanwhile is not in it, and `latest` goes back to the end.
 */

import type { Change, Contact, DeletionOutcome, FileProgress, Invitation, Message } from "../api";
import { arranging, type PlaceChange } from "../lib/place";
import { Socket, type Link } from "../lib/socket";
import { isTheirs } from "../lib/timeline";
import { forgetOrigin } from "../lib/session";
import { cards } from "./files/card.svelte";
import { badge, notify, wantsNotifications } from "./notify";

/** The open menu of a message: beside what it stands, and whom the focus goes back to. */
export interface Menu {
  message: Message;
  what: "menu" | "emoji";
  at: Element;
  from: HTMLElement;
}

/** What can be done with a message. */
export interface Actions {
  any: boolean;
  react: boolean;
  pin: boolean;
  reply: boolean;
  copy: boolean;
  forward: boolean;
  edit: boolean;
  /** For both. */
  delete: boolean;
  /** Its bytes from this device. */
  free: boolean;
  /** Out of one's own sight, or for both. */
  remove: boolean;
}

/** Only what both sides' apps know, and what belongs to who wrote it. */
export function actionsOf(message: Message, contact: Contact): Actions {
  const text = message.kind === "text";
  const whole = text || message.kind === "file";
  const said = whole && !message.held;
  return {
    any: message.kind !== "notice",
    react: said && contact.can.includes("react"),
    pin: said && contact.can.includes("pin"),
    reply: said,
    copy: text,
    forward: text && !message.held,
    // What waits for a word is written again or deleted; another wording belongs to a new message.
    edit: message.mine && text && said && contact.can.includes("edit"),
    delete: message.mine && whole,
    free: !message.mine && message.file?.state === "here",
    remove: message.kind !== "notice",
  };
}

/** How long a message that was jumped to is marked. */
const HIT_MS = 2000;
/** How long somebody is shown to be writing after it was said, and how often it is said. */
const TYPING_MS = 6000;
const TYPING_EVERY_MS = 3000;
/** Messages that a search shows. */
const FOUND_MAX = 100;
const PAGE = 60;
/** Above this many, reading on at the newest end lets the oldest go. */
const KEPT_MAX = 300;

/** How a file moves. */
interface Moving {
  have: number;
  /** Bytes a second; null until it can be said. */
  speed: number | null;
  since: number;
  from: number;
}

class Conversation {
  link = $state<Link>("connecting");
  contact = $state.raw<Contact | null>(null);
  messages = $state.raw<readonly Message[]>([]);
  unread = $state<string | null>(null);
  /** The beginning is among `messages`. */
  whole = $state(false);
  /** The newest message is among `messages`. */
  newest = $state(true);
  removed = $state(false);
  /** The contact is writing at this moment. */
  typing = $state(false);
  /** The own message that is being given another wording. */
  editing = $state.raw<Message | null>(null);
  /** The message that the next one answers. */
  replying = $state.raw<Message | null>(null);
  /** The message whose menu, or choice of emoji, is open. */
  menu = $state.raw<Menu | null>(null);
  /** The message that is about to be deleted, if the person says so. */
  deleting = $state.raw<Message | null>(null);
  /** The file whose bytes are about to be removed from this device, if the person says so. */
  freeing = $state.raw<Message | null>(null);
  /** The message that was jumped to, for a moment. */
  hit = $state<string | null>(null);
  /** What is pinned for both, newest first. */
  pins = $state.raw<readonly Message[]>([]);
  /** What came of deletions that this window asked for, by event. */
  outcomes = $state.raw<Readonly<Record<string, DeletionOutcome>>>({});
  /** Files that move: bytes that are here, and how fast they come, by event. */
  moving = $state.raw<Readonly<Record<string, Moving>>>({});
  #seen: string | null = null;
  #reaching = false;
  #wrote = 0;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  readonly socket = new Socket({
    link: (state) => {
      this.link = state;
      if (state === "open" && wantsNotifications()) this.announce();
      this.removed ||= state === "removed";
    },
    refresh: () => this.#refresh(),
    changed: (change) => this.#changed(change),
  });

  /** Asks for the messages before the oldest one here. */
  async older(): Promise<void> {
    const before = this.messages[0]?.event;
    if (before === undefined || this.whole || this.#reaching) return;
    this.#reaching = true;
    try {
      const page = await this.#log({ before });
      if (this.messages[0]?.event !== before) return;
      // Long texts make a short page; only an empty one is the end.
      this.whole = page.length === 0;
      this.messages = [...page, ...this.messages];
    } finally {
      this.#reaching = false;
    }
  }

  /** Asks for the messages behind the last one here, where the window does not reach to the newest. */
  async newer(): Promise<void> {
    const after = this.messages.at(-1)?.event;
    if (after === undefined || this.newest || this.#reaching) return;
    this.#reaching = true;
    try {
      const page = await this.#log({ after });
      if (this.messages.at(-1)?.event !== after) return;
      this.newest = page.length === 0;
      this.messages = [...this.messages, ...page];
    } finally {
      this.#reaching = false;
    }
  }

  /** Goes back to the newest end. */
  async latest(): Promise<void> {
    if (this.newest) return;
    await this.#reread();
  }

  /** The newest messages alone, as they read from here on. */
  async #reread(): Promise<void> {
    this.messages = await this.#log({});
    this.whole = false;
    this.newest = true;
  }

  /** Lets go of old messages; called while the newest ones are in view. */
  trim(): void {
    if (!this.newest || this.messages.length <= KEPT_MAX) return;
    this.messages = this.messages.slice(-PAGE);
    this.whole = false;
  }

  /** Tells the agent that the person saw everything up to `event`. */
  async saw(event: string): Promise<void> {
    if (event === this.#seen || this.#index(event) <= this.#index(this.#seen)) return;
    this.#seen = event;
    await this.socket.call({ method: "seen", params: { contact: null, event } }).catch(() => undefined);
  }

  async send(text: string): Promise<void> {
    this.unread = null;
    await this.latest();
    const reply = this.replying?.event ?? null;
    await this.socket.call({ method: "send", params: { contact: null, text, reply, wait: null, timeout_ms: null } });
    if (this.replying?.event === reply) this.replying = null;
  }

  /** Puts an emoji at a message; an empty one takes back what stands. */
  async react(event: string, emoji: string): Promise<void> {
    const call = this.socket.call({ method: "react", params: { contact: null, event, emoji } });
    await call.then((message) => this.#put(message)).catch(() => undefined);
  }

  /** Pins a message for both, or takes the pin away. */
  async pin(event: string, pinned: boolean): Promise<void> {
    this.#put(await this.socket.call({ method: "pin", params: { contact: null, event, pinned } }));
  }

  /** Says for how long this person lets messages stay, in seconds; 0: for good. */
  async lets(seconds: number): Promise<void> {
    this.contact = await this.socket.call({ method: "timer", params: { contact: null, seconds } });
  }

  /** Takes a message out of this person's sight. */
  async hide(event: string): Promise<void> {
    await this.socket.call({ method: "hide", params: { contact: null, event } });
    this.#left(event);
  }

  /** What was written and not sent, as the agent keeps it; with a text, that from here on. */
  draft(text: string | null): Promise<string> {
    return this.socket.call({ method: "draft", params: { contact: null, text } });
  }

  /** The person is writing; the agent says so no more often than it may. */
  writes(): void {
    const now = Date.now();
    if (this.contact?.typing !== true || this.contact.path === "none" || now - this.#wrote < TYPING_EVERY_MS) return;
    this.#wrote = now;
    this.socket.call({ method: "typing", params: { contact: null } }).catch(() => undefined);
  }

  /** What this person lets the contact hear. */
  async habits(change: { receipts?: boolean; typing?: boolean }): Promise<void> {
    const params = { contact: null, receipts: change.receipts ?? null, typing: change.typing ?? null };
    this.contact = await this.socket.call({ method: "habits", params });
    // What is known of each message reads otherwise from here on.
    if (this.newest) await this.#reread();
  }

  /** The newest messages with these words, newest first. */
  search(words: string): Promise<Message[]> {
    return this.socket.call({ method: "search", params: { contact: null, words, limit: FOUND_MAX, before: null } });
  }

  /** Hands a message's text to home, where somebody is chosen whom it goes to: this page knows nobody else. */
  async forward(event: string): Promise<void> {
    const { url } = await this.socket.call({ method: "forward_begin", params: { contact: null, event } });
    location.assign(`${url}/#/forward`);
  }

  replyTo(message: Message): void {
    this.editing = null;
    this.replying = message;
  }

  /** What waits was never elsewhere, so it goes at once; otherwise the other side may have read it, if only in its first wording. */
  askDelete(message: Message): void {
    const waits = message.state === "waiting" || message.held;
    if (waits && !message.edited) this.delete(message.event).catch(() => undefined);
    else this.deleting = message;
  }

  /** Goes to a message, with another window if it is not in this one, and marks it for a moment. */
  async jump(event: string): Promise<void> {
    if (this.#index(event) < 0) {
      const page = await this.#log({ around: event }).catch(() => []);
      if (page.length === 0) return;
      this.messages = page;
      this.whole = false;
      this.newest = false;
    }
    this.hit = null;
    await Promise.resolve();
    if (this.#index(event) < 0) return;
    this.hit = event;
    setTimeout(() => {
      if (this.hit === event) this.hit = null;
    }, HIT_MS);
  }

  async delete(event: string): Promise<void> {
    const { outcome, ...message } = await this.socket.call({ method: "delete", params: { contact: null, event } });
    this.outcomes = { ...this.outcomes, [event]: outcome };
    if (this.editing?.event === event) this.editing = null;
    if (this.replying?.event === event) this.replying = null;
    this.#put(message);
  }

  async edit(event: string, text: string): Promise<void> {
    this.#put(await this.socket.call({ method: "edit", params: { contact: null, event, text } }));
  }

  /** Removes from this device the bytes of a file that came; its message says so by itself. */
  async free(event: string): Promise<void> {
    await this.socket.call({ method: "file_free", params: { contact: null, event } });
  }

  /** Asks for a file, or stops asking; gives an own one, or stops giving it. */
  async wantFile(method: "file_get" | "file_pause" | "file_cancel", event: string): Promise<void> {
    this.#put(await this.socket.call({ method, params: { contact: null, event } }));
  }

  async verify(verified: boolean, met = false): Promise<void> {
    this.contact = await this.socket.call({ method: "verify", params: { contact: null, verified, met } });
  }

  async rename(name: string): Promise<void> {
    this.contact = await this.socket.call({ method: "rename", params: { contact: null, name } });
  }

  /** Puts this contact elsewhere in its person's list. */
  async arrange(change: PlaceChange): Promise<void> {
    this.contact = await this.socket.call(arranging(null, change));
  }

  /** Says whether this window announces by itself, or leaves it to the desktop. */
  announce(): void {
    const params = { contact: null, on: wantsNotifications() };
    void this.socket.call({ method: "announces", params }).catch(() => undefined);
  }

  /** Goes to home's switcher, from which any other app takes this page's place. */
  async switch(): Promise<void> {
    const { url } = await this.socket.call({ method: "way_home" });
    location.assign(`${url}/#/switch`);
  }

  /** A code to pair again with this contact; what is in use stays until somebody answers it. */
  invite(): Promise<Invitation> {
    return this.socket.call({ method: "invite", params: { name: this.contact?.contact ?? "", again: true } });
  }

  invitation(): Promise<Invitation | null> {
    return this.socket.call({ method: "invitation", params: { contact: null } });
  }

  /** Answers this contact's code, to go on with them under new keys. */
  async answer(code: string, wait_ms: number): Promise<void> {
    const again = this.contact?.contact ?? "";
    await this.socket.call({ method: "accept", params: { code, name: null, again, wait_ms } });
  }

  /** The person's word on messages that were meant for the keys of before. */
  async resend(drop: boolean): Promise<void> {
    await this.socket.call({ method: "resend", params: { contact: null, drop } });
  }

  async remove(): Promise<void> {
    await this.socket.call({ method: "remove", params: { contact: null } });
    this.#gone();
  }

  async #refresh(): Promise<void> {
    const { contact } = await this.socket.call({ method: "contact", params: { contact: null } });
    await this.socket.watch(contact);
    const first = this.contact === null;
    const [fresh, page] = await Promise.all([
      this.socket.call({ method: "contact", params: { contact: null } }),
      this.#log({}),
    ]);
    if (this.newest) this.#join(page);
    if (first) this.unread = firstUnread(page, fresh.unread);
    this.#show(fresh);
    await this.#readPins();
  }

  async #readPins(): Promise<void> {
    this.pins = await this.socket.call({ method: "pins", params: { contact: null } });
  }

  /** What is pinned, and as it reads, is the agent's to say; asked only where a change is about it. */
  #keepPins(event: string, pinned: boolean): void {
    const known = this.pins.some((message) => message.event === event);
    if (known || pinned) this.#readPins().catch(() => undefined);
  }

  async #log(place: { before?: string; after?: string; around?: string }): Promise<Message[]> {
    const { before = null, after = null, around = null } = place;
    const page = await this.socket.call({ method: "log", params: { contact: null, limit: PAGE, before, after, around } });
    await cards.load(page).catch(() => undefined);
    return page;
  }

  /** The newest page takes its place after what is older and still joins on; otherwise it stands alone. */
  #join(page: readonly Message[]): void {
    const joint = this.messages.findIndex((message) => message.event === page[0]?.event);
    if (joint < 0) this.whole = false;
    this.messages = [...this.messages.slice(0, Math.max(joint, 0)), ...page];
  }

  #changed(change: Change): void {
    if ("contact" in change) this.#show(change.contact);
    else if ("contact_removed" in change) this.#gone();
    else if ("typing" in change) this.#writing();
    else if ("message" in change) this.#arrived(change.message.message);
    else if ("file" in change) this.#moved(change.file);
    else if ("message_gone" in change) this.#left(change.message_gone.event);
  }

  #arrived(message: Message): void {
    const known = this.#index(message.event) >= 0;
    this.#keepPins(message.event, message.pinned);
    if (isTheirs(message)) this.typing = false;
    if (known) this.#put(message);
    else if (this.newest) this.#append(message);
    if (known || !isTheirs(message) || document.hasFocus()) return;
    this.unread ??= message.event;
    if (this.contact !== null) notify(this.contact, message);
  }

  /** A message that is not in the window: a new one, or one from further up of which something changed. */
  #append(message: Message): void {
    const oldest = this.messages[0];
    if (this.whole || oldest === undefined || message.sent_at >= oldest.sent_at) return this.#put(message);
    // What was written long ago may have come at this moment; only the agent knows its place.
    this.#log({}).then(
      (page) => this.newest && this.#join(page),
      () => undefined,
    );
  }

  #show(contact: Contact): void {
    this.contact = contact;
    badge(contact);
  }

  /** The app was removed, here or at home: its origin keeps nothing either. */
  #gone(): void {
    this.removed = true;
    void forgetOrigin();
  }

  /** A speed is said once a second has passed, over all that came since the file began to move. */
  #moved({ event, have }: FileProgress): void {
    const now = performance.now();
    const { since, from } = this.moving[event] ?? { since: now, from: have };
    const seconds = (now - since) / 1000;
    const speed = seconds < 1 || have <= from ? null : (have - from) / seconds;
    this.moving = { ...this.moving, [event]: { have, since, from, speed } };
  }

  #writing(): void {
    this.typing = true;
    clearTimeout(this.#typingEnds);
    this.#typingEnds = setTimeout(() => (this.typing = false), TYPING_MS);
  }

  #left(event: string): void {
    this.#keepPins(event, false);
    this.messages = this.messages.filter((message) => message.event !== event);
  }

  #put(message: Message): void {
    void cards.load([message]).catch(() => undefined);
    if (message.file !== null && message.file.state !== "moving" && message.event in this.moving) {
      const { [message.event]: _ended, ...moving } = this.moving;
      this.moving = moving;
    }
    const index = this.#index(message.event);
    this.messages = index < 0 ? [...this.messages, message] : this.messages.with(index, message);
  }

  #index(event: string | null): number {
    return this.messages.findIndex((message) => message.event === event);
  }
}

/** Where the line of new messages goes: before the `count`-th last message of the other side. */
function firstUnread(messages: readonly Message[], count: number): string | null {
  if (count === 0) return null;
  const theirs = messages.filter(isTheirs);
  return (theirs.at(-count) ?? theirs[0])?.event ?? null;
}

export const conversation = new Conversation();
