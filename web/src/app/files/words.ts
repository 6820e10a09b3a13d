/** What is said of a file: the lines of the design's section on files, from the API's facts. */

import type { FileInfo } from "../../api";
import { size, t } from "../../lib/l10n";

/** The ending of a name, for the sheet beside it. */
export function endingOf(name: string): string {
  const ending = /\.([\p{L}\p{N}]{1,4})$/u.exec(name)?.[1];
  return (ending ?? "").toUpperCase();
}

/** One line: how much of it is here, how fast it comes, or why it does not. `speed` is in bytes a second. */
export function fileLine(file: FileInfo, mine: boolean, name: string, have: number, speed: number | null): string {
  const args = { name, have: size(have), size: size(file.size) };
  if (mine) return t(ownLine(file, have), args);
  if (file.state === "moving") return t("file-moving", { ...args, pace: pace(file.size - have, speed) });
  return t(`file-${file.state.replaceAll("_", "-")}`, args);
}

/** Of an own file: whether their device has it, and what of it was given. */
function ownLine(file: FileInfo, given: number): string {
  if (file.state === "paused") return "file-mine-paused";
  if (file.have === file.size) return "file-taken";
  return given > 0 && given < file.size ? "file-given" : "file-mine";
}

/** How fast it goes and how long it still takes, behind what has come; nothing until that can be said. */
export function pace(left: number, speed: number | null): string {
  if (speed === null || speed <= 0) return "";
  const seconds = Math.ceil(left / speed);
  return t("file-pace", { speed: size(speed), seconds, minutes: Math.ceil(seconds / 60) });
}

const KINDS: readonly ["picture" | "sound" | "film", RegExp][] = [
  ["picture", /\.(avif|gif|jpe?g|png|webp)$/iu],
  ["sound", /\.(aac|flac|m4a|mp3|oga|ogg|opus|wav|weba)$/iu],
  ["film", /\.(mov|mp4|ogv|webm)$/iu],
];

/** What a file is shown as, by its name's ending: the agent serves it under the type of that ending, and no other. */
export function kindOf({ name }: FileInfo): "picture" | "sound" | "film" | "file" {
  return KINDS.find(([, ending]) => ending.test(name))?.[0] ?? "file";
}

/** 0:42 */
export function playing(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
