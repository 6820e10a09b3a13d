/**
 * Whether a button of the pointer is down. What takes no room once it lost the focus goes when the press is over: otherwise
 * what lies below moves away between press and release, and the click meets something else.
 */

let down = false;

addEventListener("pointerdown", () => (down = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (down = false), true);

/** Does something at once, or behind the click that is being made. */
export function afterPress(act: () => void): void {
  if (!down) return act();
  const then = (): void => {
    removeEventListener("pointerup", then);
    removeEventListener("pointercancel", then);
    setTimeout(act);
  };
  addEventListener("pointerup", then);
  addEventListener("pointercancel", then);
}
