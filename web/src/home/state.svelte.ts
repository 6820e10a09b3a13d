/** What the home page knows: the contacts and this device, as the agent last said. */

import type { BackupProgress, Change, Contact, Request, Settings, Status } from "../api";
import { arranging, type PlaceChange } from "../lib/place";
import { Socket, type Link } from "../lib/socket";

/** What can be chosen about this device. */
type Choices = Extract<Request, { method: "choose" }>["params"];

class Home {
  link = $state<Link>("connecting");
  contacts = $state.raw<readonly Contact[]>([]);
  status = $state.raw<Status | null>(null);
  /** The backup that is being made, or that ended while somebody looked. */
  backup = $state.raw<BackupProgress | null>(null);
  /** People in a watched address book who are new and were not looked through. */
  found = $state(0);
  /** Files that were dropped on the page, until the page for them takes them. */
  dropped: readonly Blob[] | null = null;
  readonly socket = new Socket({
    link: (state) => (this.link = state),
    refresh: () => this.#refresh(),
    changed: (change) => this.#changed(change),
  });

  /** One contact, by its id. */
  find(id: string | undefined): Contact | undefined {
    return this.contacts.find((contact) => contact.contact === id);
  }

  /**
   * Opens a contact's app with a one-time key: in a window of its own, or `here`, in place of this page; where `at` is
   * given, at that message.
   */
  async open(contact: Contact, { here = false, at = "" } = {}): Promise<void> {
    const { url } = await this.socket.call({ method: "open", params: { contact: contact.contact } });
    const whole = at === "" ? url : `${url}&at=${at}`;
    if (here) location.assign(whole);
    else window.open(whole, "_blank", "noopener");
  }

  /** Puts a contact elsewhere in the list. */
  async arrange(contact: Contact, change: PlaceChange): Promise<void> {
    this.#put(await this.socket.call(arranging(contact.contact, change)));
  }

  /** Chooses something about this device; the rest stays as it is. */
  choose(choices: Partial<Choices>): Promise<Settings> {
    const none: Choices = { name: null, language: null, notifications: null, lock_after_minutes: null };
    return this.socket.call({ method: "choose", params: { ...none, ...choices } });
  }

  async #refresh(): Promise<void> {
    await this.socket.watch(null);
    const [contacts, status, review] = await Promise.all([
      this.socket.call({ method: "contacts" }),
      this.socket.call({ method: "status" }),
      this.socket.call({ method: "review" }),
    ]);
    this.found = review.people.filter(({ book, standing }) => book && standing === "new").length;
    this.contacts = contacts.toSorted(newestFirst);
    this.status = status;
    // One that goes on says so again in a moment; one whose agent ended does not.
    this.backup = null;
  }

  #put(contact: Contact): void {
    const others = this.contacts.filter((other) => other.contact !== contact.contact);
    this.contacts = [...others, contact].toSorted(newestFirst);
  }

  #changed(change: Change): void {
    if ("contact" in change) {
      this.#put(change.contact);
    } else if ("contact_removed" in change) {
      this.contacts = this.contacts.filter((other) => other.contact !== change.contact_removed);
    } else if ("found" in change) {
      this.found = change.found;
    } else if ("backup" in change) {
      this.backup = change.backup;
    } else if ("status" in change) {
      this.status = change.status;
    }
  }
}

function newestFirst(a: Contact, b: Contact): number {
  return lastMoment(b) - lastMoment(a);
}

function lastMoment(contact: Contact): number {
  return Math.max(contact.created_at, contact.last?.sent_at ?? 0);
}

export const home = new Home();
