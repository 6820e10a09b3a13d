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
  if (mine) return t(file.have === file.size ? "file-taken" : "file-mine", args);
  if (file.state === "moving" && speed !== null && speed > 0) {
    const seconds = Math.ceil((file.size - have) / speed);
    return t("file-moving-at", { ...args, speed: size(speed), seconds, minutes: Math.ceil(seconds / 60) });
  }
  return t(`file-${file.state.replaceAll("_", "-")}`, args);
}
