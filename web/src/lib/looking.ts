/**
 * While somebody looks at a page, the agent asks after the people on it: it does so for any call, and lets them rest
 * otherwise, so that a tab in the background costs no traffic.
 */

/** How often a page that is in view asks. */
const EVERY_MS = 30_000;

/** Asks when the page comes into view, and every half minute while it is. */
export function whileLooking(ask: () => Promise<unknown>): void {
  const look = (): void => {
    // A link that is away comes back by itself, and then everything is read anew.
    if (document.visibilityState === "visible") void ask().catch(() => undefined);
  };
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY_MS);
}
