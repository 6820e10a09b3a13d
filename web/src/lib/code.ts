/** Help with typing a code: six digits and four words, as `482913-goldfish-trombonist-rocker-whimsical`. */

import { PGP_WORDS } from "./pgp-words";

export const WORDS = 4;
const DIGITS = 6;

export interface Code {
  digits: string;
  words: string[];
}

/** A whole code out of pasted text, or null. Spaces, dashes and line ends separate alike. */
export function readCode(text: string): Code | null {
  const parts = text.trim().toLowerCase().split(/[\s-]+/u);
  const words = parts.filter((part) => /^[a-z]+$/u.test(part));
  const digits = parts.filter((part) => /^\d+$/u.test(part)).join("");
  return digits.length === DIGITS && words.length === WORDS ? { digits, words } : null;
}

/** The code as the agent takes it. */
export function writeCode(code: Code): string {
  return [onlyDigits(code.digits), ...code.words.map(plain)].join("-");
}

/** What is missing before a code can be tried. */
export function isComplete(code: Code): boolean {
  return onlyDigits(code.digits).length === DIGITS && code.words.every((word) => PGP_WORDS.includes(plain(word)));
}

export function onlyDigits(text: string): string {
  return text.replace(/\D/gu, "").slice(0, DIGITS);
}

/** 482 913 */
export function spaced(digits: string): string {
  return digits.replace(/^(\d{3})(\d)/u, "$1 $2");
}

/** Words that begin as typed. */
export function completions(typed: string): string[] {
  const start = plain(typed);
  return start === "" ? [] : PGP_WORDS.filter((word) => word.startsWith(start)).slice(0, 6);
}

/** The word that was meant, when what was typed is none but close to one. */
export function spelling(typed: string): string | null {
  const word = plain(typed);
  if (word.length < 3 || PGP_WORDS.includes(word)) return null;
  let best: string | null = null;
  let least = 3;
  for (const candidate of PGP_WORDS) {
    const edits = distance(word, candidate);
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

function plain(word: string): string {
  return word.trim().toLowerCase();
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
