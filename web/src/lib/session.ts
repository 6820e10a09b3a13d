/**
 * This origin's right to speak to the agent: a bearer in local storage, which (unlike a cookie) no other port can read.
 *
 * The launcher opens the page with a one-time key in the fragment; the key is exchanged for the bearer and taken out of
 * the address before anything else happens.
 */

const BEARER = "kith-bearer";

/** What came of looking for a bearer. `unreached`: the agent did not answer, so the key may still be good. */
export type Session = { bearer: string } | "none" | "refused" | "unreached";

/** The one-time key of this page's address, removed from the address on the way; a message that it names stays as `#/at/…`. */
export function takeKey(): string | null {
  const [, key, at] = /^#k=([^&]+)(?:&at=([0-9a-z]+))?$/u.exec(location.hash) ?? [];
  if (key === undefined) return null;
  history.replaceState(null, "", location.pathname + location.search + (at === undefined ? "" : `#/at/${at}`));
  // Whoever has read the address already reads it again: replacing it tells nobody.
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  return key;
}

/** The bearer of this origin: from the key when there is one, otherwise the one kept here. */
export async function openSession(key: string | null): Promise<Session> {
  if (key !== null) {
    const made = await exchange(key);
    if (typeof made === "object") localStorage.setItem(BEARER, made.bearer);
    // A used key is no reason to give up a bearer that is still good.
    if (typeof made === "object" || localStorage.getItem(BEARER) === null) return made;
  }
  const bearer = localStorage.getItem(BEARER);
  return bearer === null ? "none" : { bearer };
}

/** The bearer that this origin keeps; empty where it has none. */
export function bearer(): string {
  return localStorage.getItem(BEARER) ?? "";
}

/** Forgets a bearer that the agent refused. */
export function closeSession(): void {
  localStorage.removeItem(BEARER);
}

/** Empties all that this origin has in the browser: storage, caches, databases, workers, and the number on its icon. */
export async function forgetOrigin(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  const caches = "caches" in window ? await window.caches.keys() : [];
  const databases = "databases" in indexedDB ? await indexedDB.databases() : [];
  const workers = "serviceWorker" in navigator ? await navigator.serviceWorker.getRegistrations() : [];
  await Promise.allSettled([
    ...caches.map((name) => window.caches.delete(name)),
    ...workers.map((worker) => worker.unregister()),
    ..."clearAppBadge" in navigator ? [navigator.clearAppBadge()] : [],
  ]);
  for (const { name } of databases) if (name !== undefined) indexedDB.deleteDatabase(name);
}

async function exchange(key: string): Promise<Session> {
  try {
    const answer = await fetch("/api/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ key }),
    });
    if (!answer.ok) return "refused";
    const { bearer } = (await answer.json()) as { bearer: string };
    return { bearer };
  } catch {
    return "unreached";
  }
}
