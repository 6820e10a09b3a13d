/**
 * Another language for screens that are told in English: what a step looks for by an English sentence is looked for by the
 * sentence of the same id. What is in no sentence (names, messages) stays as it is.
 */

import { readFileSync } from "node:fs";
import { FluentResource } from "@fluent/bundle";

const LOCALES = new URL("../../locales/", import.meta.url);
/** Stands for what is filled into a sentence. */
const HOLE = "\0";

/** Every id of a language, with every wording that its numbers can give it. */
function wordings(language) {
  const files = ["web.ftl", "home.ftl", "notes.ftl"].map((name) => readFileSync(new URL(`${language}/${name}`, LOCALES), "utf8"));
  const messages = files.flatMap((text) => new FluentResource(text).body);
  const errors = new FluentResource(readFileSync(new URL(`${language}/errors.ftl`, LOCALES), "utf8")).body;
  const terms = new Map(errors.filter(({ id }) => id.startsWith("-")).map(({ id, value }) => [id.slice(1), value]));
  // A hint that all of its kind share is a term.
  const spelled = (hint) => (hint?.[0]?.type === "term" ? terms.get(hint[0].name) : hint);
  const both = ({ value, attributes: { hint } }) => texts(value).flatMap((text) => texts(spelled(hint)).map((next) => `${text} ${next}`));
  const told = errors.filter(({ attributes }) => attributes.hint).map((error) => [`errors/${error.id}`, both(error)]);
  return new Map([...messages.map(({ id, value }) => [id, texts(value)]), ...told]);
}

/** The wordings of a pattern, with holes. */
function texts(pattern) {
  if (typeof pattern === "string") return [pattern];
  if (!Array.isArray(pattern)) return [HOLE];
  return pattern.reduce((heads, part) => heads.flatMap((head) => tails(part, pattern.length > 1).map((tail) => head + tail)), [""]);
}

function tails(part, beside) {
  if (typeof part === "string") return [part];
  if (part.type !== "select") return [HOLE];
  const chosen = part.variants.flatMap((variant) => texts(variant.value));
  // Fluent isolates what stands within a longer pattern.
  return beside ? chosen.map((text) => `\u2068${text}\u2069`) : chosen;
}

const ENGLISH = wordings("en");

/** The ids that say what is looked for: those that say just that, else those that hold it. */
function idsOf(wanted) {
  const ids = (fits) => [...ENGLISH].filter(([, said]) => said.some(fits)).map(([id]) => id);
  if (wanted instanceof RegExp) {
    const parts = wanted.source.split(/[^\p{L}’ ]+/u).filter((part) => /\p{L}{2}/u.test(part));
    // What is filled in is in no sentence.
    const said = parts.filter((part) => ids((text) => text.includes(part)).length > 0);
    const begins = (text) => !wanted.source.startsWith("^") || text.startsWith(said[0]);
    return ids((text) => said.every((part) => text.includes(part)) && text.includes(HOLE) && begins(text));
  }
  const exact = ids((text) => text === wanted);
  return exact.length > 0 ? exact : ids((text) => text.includes(wanted));
}

/** What is looked for, in another language. */
function translated(wanted, theirs) {
  const said = idsOf(wanted).flatMap((id) => theirs.get(id) ?? []);
  if (said.length === 0) return wanted;
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replaceAll(HOLE, "\u2068.*\u2069");
  return new RegExp(`^\\s*(${said.map(escaped).join("|")})\\s*$`, "u");
}

/** A page, or a part of one, that takes English sentences for those of a language. */
export function speaking(page, language, theirs = wordings(language)) {
  return new Proxy(page, {
    get(target, name) {
      const found = target[name];
      if (typeof found !== "function") return found;
      return (first, options, ...rest) => {
        if (/^getBy(Text|Label|Placeholder)$/u.test(name)) first = translated(first, theirs);
        if (name === "getByRole" && options?.name !== undefined) {
          options = { ...options, name: translated(options.name, theirs) };
        }
        const answer = found.call(target, first, options, ...rest);
        return typeof answer?.getByRole === "function" ? speaking(answer, language, theirs) : answer;
      };
    },
  });
}
