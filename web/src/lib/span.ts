/** How long something lasts, in words: the largest unit that leaves no rest. */

import { t } from "./l10n";

export type Unit = "seconds" | "minutes" | "hours" | "days";

const UNITS: readonly (readonly [Unit, number])[] = [
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
];

/** The unit, and how many of it. */
export function inUnits(seconds: number): [Unit, number] {
  const [unit, size] = UNITS.find(([, size]) => seconds % size === 0) ?? ["seconds", 1];
  return [unit, seconds / size];
}

/** Such as *3 days*; *for good* where it has no end. */
export function spanWords(seconds: number | null): string {
  if (seconds === null || seconds === 0) return t("span-off");
  const [unit, count] = inUnits(seconds);
  return t(`span-${unit}`, { count });
}
