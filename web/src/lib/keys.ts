/** Keys that work anywhere on a page, except where somebody is writing. */

export type Shortcuts = Record<string, () => void>;

/** Listens for single keys, and for `Mod+` keys (with Ctrl or Cmd), until the returned function is called. */
export function listen(shortcuts: Shortcuts): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey;
    const shortcut = shortcuts[mod ? `Mod+${event.key.toLowerCase()}` : event.key];
    if (shortcut === undefined || event.altKey || event.defaultPrevented) return;
    if (!mod && event.key !== "Escape" && isWriting(event.target)) return;
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
