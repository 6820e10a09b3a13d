/** The emoji that can be picked, with the words they are found by: both are sentences of the language (`emoji-list`). */

import { loadEmoji, t } from "./l10n";

/** Those offered at once. */
export const QUICK: readonly string[] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export interface Emoji {
  emoji: string;
  /** What it shows. */
  name: string;
  /** All words it is found by, in lower case. */
  words: string;
}

/** All of them, in the order of the list. A line there is an emoji, its name, and behind commas what else it is called. */
export async function emojis(): Promise<Emoji[]> {
  await loadEmoji();
  const lines = t("emoji-list").split("\n");
  return lines.map((line) => {
    const [emoji = "", ...rest] = line.trim().split(" ");
    const words = rest.join(" ");
    return { emoji, name: words.split(",")[0] ?? "", words: words.toLocaleLowerCase() };
  });
}
