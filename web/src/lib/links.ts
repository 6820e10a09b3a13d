/**
 * Links in a person's text: what is one, where it leads, and when that is not what it looks like.
 *
 * Only `http:`, `https:` and `mailto:` written out. A link is shown in full, as it was written; nothing is fetched for
 * it. What stands in it is hostile: a text that turns its direction is no link, and one whose host the eye may misread
 * (letters of other alphabets, or a name before an `@`) says beside it where it truly leads.
 */

export type Piece = { text: string; href: null } | { text: string; href: string; leads: string | null };

const CANDIDATE = /\b(?:https?:\/\/|mailto:)[^\s<>"]+/giu;
/** Marks, overrides and isolates of direction, and what has no width: in a link they only deceive. */
const DECEIVING = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const BRACKETS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** The text in pieces, in order; together they are the text. */
export function pieces(text: string): Piece[] {
  const all: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const candidate = withoutEnd(match[0]);
    const link = linkOf(candidate);
    if (link === null) continue;
    if (match.index > from) all.push({ text: text.slice(from, match.index), href: null });
    all.push(link);
    from = match.index + candidate.length;
  }
  if (from < text.length || all.length === 0) all.push({ text: text.slice(from), href: null });
  return all;
}

/** A sentence's own marks at the end, and a bracket that was opened before the link, are not part of it. */
function withoutEnd(candidate: string): string {
  let end = candidate.length;
  for (; end > 0; end--) {
    const last = candidate[end - 1] ?? "";
    const opening = BRACKETS[last];
    const inside = candidate.slice(0, end);
    if (opening !== undefined ? count(inside, opening) >= count(inside, last) : !/[.,;:!?'"’”»…]/u.test(last)) break;
  }
  return candidate.slice(0, end);
}

function count(text: string, wanted: string): number {
  return text.split(wanted).length - 1;
}

function linkOf(candidate: string): Piece | null {
  if (DECEIVING.test(candidate) || !URL.canParse(candidate)) return null;
  const url = new URL(candidate);
  if (url.protocol === "mailto:") return url.pathname.includes("@") ? { text: candidate, href: url.href, leads: null } : null;
  if (url.hostname === "") return null;
  // The host as it was written, if it was written as it is.
  const plain = candidate.slice(url.protocol.length + 2).toLowerCase().startsWith(url.host);
  return { text: candidate, href: url.href, leads: plain ? null : url.host };
}
