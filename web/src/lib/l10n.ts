/**
 * Every word a person reads: Fluent messages of `locales/`, and dates, times and sizes in the same language.
 *
 * `notes.ftl` is shared with the command line: the agent names a note by its id, each side says it.
 */

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

/** Each is fetched only where it is read. */
const LANGUAGES: Record<string, () => Promise<{ default: string[] }>> = {
  en: () => import("../lang/en"),
  de: () => import("../lang/de"),
  ar: () => import("../lang/ar"),
};
/** What the home page says besides. */
const HOME: typeof LANGUAGES = {
  en: () => import("../lang/home-en"),
  de: () => import("../lang/home-de"),
  ar: () => import("../lang/home-ar"),
};
const EMOJI: Record<string, () => Promise<{ default: string }>> = {
  en: () => import("../lang/emoji-en"),
  de: () => import("../lang/emoji-de"),
  ar: () => import("../lang/emoji-ar"),
};
const ERRORS: typeof EMOJI = {
  en: () => import("../lang/errors-en"),
  de: () => import("../lang/errors-de"),
  ar: () => import("../lang/errors-ar"),
};
const RIGHT_TO_LEFT = ["ar"];
const FALLBACK = "en";

/** The language that was chosen for this device; the agent writes it into the page. */
const chosen = document.documentElement.dataset.language;

/** The language that was chosen, or the first of the reader's that Kith speaks; as the reader wrote it (`en-GB`) where that is the same. */
export const locale =
  navigator.languages.find((tag) => language(tag) === chosen) ??
  chosen ??
  navigator.languages.find((tag) => language(tag) in LANGUAGES) ??
  FALLBACK;

const bundle = new FluentBundle(locale);
const wanted = document.documentElement.classList.contains("home") ? [LANGUAGES, HOME] : [LANGUAGES];
const sentences = await Promise.all(wanted.map((languages) => languages[language(locale)]?.()));
for (const text of sentences.flatMap((file) => file?.default ?? [])) bundle.addResource(new FluentResource(text));

/** Says language and direction on the root element; `?dir=` in the address overrides the direction. */
export function applyLanguage(): void {
  const root = document.documentElement;
  root.lang = language(locale);
  const asked = new URLSearchParams(location.search).get("dir");
  root.dir = asked ?? (RIGHT_TO_LEFT.includes(root.lang) ? "rtl" : "ltr");
}

/** The message `id`; the id itself where there is none, so that a hole is seen. */
export function t(id: string, args: Record<string, FluentVariable> = {}): string {
  const pattern = bundle.getMessage(id)?.value;
  return pattern ? bundle.formatPattern(pattern, args) : id;
}

/** Reads the list of emoji, which is fetched when somebody picks one. */
export async function loadEmoji(): Promise<void> {
  const list = await EMOJI[language(locale)]?.();
  if (list !== undefined) bundle.addResource(new FluentResource(list.default));
}

let errors: FluentBundle | null = null;

/** Reads the sentences of what the agent refuses, which are fetched when it first does. */
export async function loadErrors(): Promise<void> {
  if (errors !== null) return;
  const list = await ERRORS[language(locale)]?.();
  const read = new FluentBundle(locale);
  if (list !== undefined) read.addResource(new FluentResource(list.default));
  errors = read;
}

/**
 * What the sentence of a refusal says, and its hint; null where there is none, they were not fetched, or the words are not
 * those that it asks for: a page may be older than its agent.
 */
export function advice(id: string, words: Record<string, FluentVariable>): [message: string, hint: string] | null {
  const { value, attributes } = errors?.getMessage(id) ?? {};
  const hint = attributes?.hint;
  if (!errors || !value || !hint) return null;
  const problems: Error[] = [];
  const said: [string, string] = [errors.formatPattern(value, words, problems), errors.formatPattern(hint, words, problems)];
  return problems.length === 0 ? said : null;
}

/** Whether there is a message `id`. */
export function has(id: string): boolean {
  return bundle.hasMessage(id);
}

function language(tag: string): string {
  return tag.split("-")[0] ?? FALLBACK;
}

const DAY_MS = 86_400_000;
const clockFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const weekdayFormat = new Intl.DateTimeFormat(locale, { weekday: "long" });
const shortWeekdayFormat = new Intl.DateTimeFormat(locale, { weekday: "short" });
const dateFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const oldDateFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
const fullDayFormat = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const numberFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** 14:32 */
export function clock(ms: number): string {
  return clockFormat.format(ms);
}

/** A number that two moments share exactly when they lie on one day here. */
export function dayOf(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** At the end of a row: 14:32, Mon, 9 May, 9 May 2024. */
export function shortTime(ms: number, now: number): string {
  const days = daysAgo(ms, now);
  if (days === 0) return clock(ms);
  return days > 0 && days < 7 ? shortWeekdayFormat.format(ms) : date(ms, now);
}

/** In a sentence: 14:32, Sunday 21:10, 9 May. */
export function sentenceTime(ms: number, now: number): string {
  const days = daysAgo(ms, now);
  if (days === 0) return clock(ms);
  return days > 0 && days < 7 ? `${weekdayFormat.format(ms)} ${clock(ms)}` : date(ms, now);
}

/** Over a day of the timeline: Today, Monday 13 May. */
export function dayTitle(ms: number, now: number): string {
  return daysAgo(ms, now) === 0 ? t("day-today", { time: clock(ms) }) : fullDayFormat.format(ms);
}

/** 13 May, with the year when it is another one. */
export function date(ms: number, now: number): string {
  const same = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return (same ? dateFormat : oldDateFormat).format(ms);
}

/** 1.8 GB, in powers of ten. */
export function size(bytes: number): string {
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${numberFormat.format(value)} ${units[unit]}`;
}

function daysAgo(ms: number, now: number): number {
  return Math.round((dayOf(now) - dayOf(ms)) / DAY_MS);
}
