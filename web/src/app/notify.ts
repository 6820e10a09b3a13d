/**
 * Notifications while this window is open, and the number on the app's icon. The agent is told that this window announces, and
 * leaves the desktop's notifications to it.
 *
 * Nothing is announced that the person asked not to hear of (muted, blocked, or never asked for), nothing while the window
 * has the focus, and of what was written nothing unless they want to read it there. A conversation has one notification at
 * a time, which the next message replaces.
 */

import type { Contact, Message } from "../api";
import { t } from "../lib/l10n";
import { isMuted } from "../lib/place";

const WANTED = "kith-notify";
const TEXT = "kith-notify-text";
/** What a notification shows of a text at most. */
const SHOWN = 140;

/** Whether this browser has notifications at all. */
export const canNotify = "Notification" in window;

export function wantsNotifications(): boolean {
  return canNotify && Notification.permission === "granted" && localStorage.getItem(WANTED) === "yes";
}

/** Asks the browser when needed; returns whether notifications will be shown. */
export async function setNotifications(on: boolean): Promise<boolean> {
  if (on && Notification.permission !== "granted") await Notification.requestPermission();
  localStorage.setItem(WANTED, on ? "yes" : "no");
  return wantsNotifications();
}

/** Whether notifications show what was written; otherwise the name alone. */
export function showsText(): boolean {
  return localStorage.getItem(TEXT) === "yes";
}

export function setShowsText(on: boolean): void {
  localStorage.setItem(TEXT, on ? "yes" : "no");
}

/** Announces a message of the other side. */
export function notify(contact: Contact, message: Message): void {
  if (!wantsNotifications() || document.hasFocus() || contact.blocked || isMuted(contact, Date.now())) return;
  const body = showsText() && message.kind === "text" ? shortened(message.text) : t("notification");
  const options: NotificationOptions & { renotify: boolean } = { body, tag: contact.contact, icon: "/icon.svg", renotify: true };
  const shown = new Notification(contact.name, options);
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
  });
}

/** Puts the number of unread messages on the app's icon, where the browser has one; none while it is muted. */
export function badge(contact: Contact): void {
  if (!("setAppBadge" in navigator)) return;
  const count = contact.blocked || isMuted(contact, Date.now()) ? 0 : contact.unread;
  // A browser may not want to; nothing hangs on it.
  void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
}

function shortened(text: string): string {
  const line = text.split(/\s+/u).join(" ").trim();
  const letters = [...line];
  return letters.length <= SHOWN ? line : `${letters.slice(0, SHOWN).join("")}…`;
}
