/** Long lists are there at once: what fills a window first, then the rest piece by piece, without holding up a key or a click. */

/** More rows than any window shows. */
const FIRST = 24;
/** Rows added between two looks at what the person does. */
const STEP = 60;

let room = $state(FIRST);

/** The rows that are shown for now. */
export function shownOf<T>(rows: readonly T[]): readonly T[] {
  return rows.length <= room ? rows : rows.slice(0, room);
}

/** Lets lists grow until the longest, of `wanted` rows, is shown whole; to be called in an effect. */
export function grow(wanted: number): (() => void) | undefined {
  if (room >= wanted) return undefined;
  const timer = setTimeout(() => (room += STEP));
  return () => clearTimeout(timer);
}
