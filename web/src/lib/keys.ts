/** Keys that work anywhere on a page, except where somebody is writing. */

export type Shortcuts = Record<string, () => void>;

/** Listens for single keys until the returned function is called. */
export function listen(shortcuts: Shortcuts): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const shortcut = shortcuts[event.key];
    if (shortcut === undefined || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key !== "Escape" && isWriting(event.target)) return;
    if (document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    shortcut();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea");
}
