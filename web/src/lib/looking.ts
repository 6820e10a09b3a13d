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

/** While a page is used it says so this often at most, so that the device does not lock itself. LOCK-005 */
const USED_MS = 20_000;

/** Tells the agent that somebody is at this page. */
export function whileUsed(tell: () => Promise<unknown>): void {
  let last = 0;
  const used = (): void => {
    if (performance.now() - last < USED_MS && last !== 0) return;
    last = performance.now();
    void tell().catch(() => undefined);
  };
  for (const event of ["pointerdown", "keydown", "wheel"]) addEventListener(event, used, { passive: true, capture: true });
}
