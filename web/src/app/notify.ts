/** Notifications while this window is open: the name only, and only after the person asked for them. */

import type { Contact } from "../api";
import { t } from "../lib/l10n";

const WANTED = "kith-notify";

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

export function notify(contact: Contact): void {
  if (!wantsNotifications()) return;
  const shown = new Notification(contact.name, { body: t("notification"), tag: contact.contact, icon: "/icon.svg" });
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
  });
}
