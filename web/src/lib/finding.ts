/** Finding people by their names, as they are typed: each word begins one of the name; case and accents don't count. */

import type { Contact } from "../api";

/** A text as it is compared. */
export function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{Mn}/gu, "").toLocaleLowerCase();
}

/** Whether each word of what was typed begins a word of the name. */
export function hasName(contact: Contact, typed: string): boolean {
  const parts = plain(contact.name).split(/[^\p{L}\p{N}]+/u);
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  return words.every((word) => parts.some((part) => part.startsWith(word)) || plain(contact.name).startsWith(word));
}
