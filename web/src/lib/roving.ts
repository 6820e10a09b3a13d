/**
 * One tab stop for a list: arrows, Home and End move between its items, Tab leaves it.
 *
 * An attachment: `<ul {@attach roving(".person", "first")}>`. Items come and go; whichever had the focus last keeps the
 * stop, and before any had it, the one at `edge`.
 */
export function roving(selector: string, edge: "first" | "last"): (list: HTMLElement) => () => void {
  return (list) => {
    const items = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(selector)];
    let chosen: HTMLElement | null = null;

    const mark = (wanted: HTMLElement | null): void => {
      const all = items();
      const start = all.at(edge === "first" ? 0 : -1) ?? null;
      const stop = wanted !== null && all.includes(wanted) ? wanted : start;
      for (const item of all) item.tabIndex = item === stop ? 0 : -1;
    };
    const onFocus = (event: FocusEvent): void => {
      const item = (event.target as HTMLElement).closest<HTMLElement>(selector);
      if (item === null) return;
      chosen = item;
      mark(item);
    };
    const onKey = (event: KeyboardEvent): void => {
      const all = items();
      const from = all.indexOf(event.target as HTMLElement);
      const to = from < 0 ? undefined : all[target(event.key, from, all.length)];
      if (to === undefined) return;
      event.preventDefault();
      to.focus();
    };

    list.addEventListener("focusin", onFocus);
    list.addEventListener("keydown", onKey);
    const watcher = new MutationObserver(() => mark(chosen));
    watcher.observe(list, { childList: true, subtree: true });
    mark(null);
    return () => {
      watcher.disconnect();
      list.removeEventListener("focusin", onFocus);
      list.removeEventListener("keydown", onKey);
    };
  };
}

/** The index that a key leads to; -1 for any other key. */
function target(key: string, from: number, length: number): number {
  switch (key) {
    case "ArrowDown":
      return from + 1;
    case "ArrowUp":
      return from - 1;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return -1;
  }
}
