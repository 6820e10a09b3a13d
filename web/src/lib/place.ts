/** Where contacts stand in their person's list. */

import type { Contact, Mute, Request } from "../api";

/** What of a contact's place is to change. */
export interface PlaceChange {
  pinned?: boolean;
  muted?: Mute;
  archived?: boolean;
  blocked?: boolean;
}

/** The call that changes it. */
export function arranging(contact: string | null, change: PlaceChange): Extract<Request, { method: "arrange" }> {
  const { pinned = null, muted = null, archived = null, blocked = null } = change;
  return { method: "arrange", params: { contact, pinned, muted, archived, blocked } };
}

/** Whether a contact is muted at a moment; the agent says when that ends, and tells nobody when it has. */
export function isMuted(contact: Contact, now: number): boolean {
  return contact.muted && (contact.muted_until === null || contact.muted_until > now);
}

/** The lists of home that a contact can stand in. */
export type List = "making" | "saved" | "pinned" | "everyone" | "archived" | "blocked";

/** The list in which a contact is shown. What is archived comes back while something in it is unread, unless it is muted. */
export function listOf(contact: Contact, now: number): List {
  if (contact.blocked) return "blocked";
  if (contact.state === "saved") return "saved";
  if (contact.state !== "connected") return "making";
  if (contact.archived && (contact.unread === 0 || isMuted(contact, now))) return "archived";
  return contact.pinned ? "pinned" : "everyone";
}
