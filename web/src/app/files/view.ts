/** Opens a picture. */

import type { Message } from "../../api";
import { conversation } from "../state.svelte";
import { viewer } from "./viewing.svelte";
import { kindOf } from "./words";

/** Looks at a picture among others: those of a gallery, or of the messages that are here. */
export function view(message: Message, among: readonly Message[] = conversation.messages): void {
  const pictures = among.filter(({ file }) => file !== null && file.state === "here" && kindOf(file) === "picture");
  const at = pictures.findIndex(({ event }) => event === message.event);
  if (at >= 0) viewer.open = { among: pictures, at };
}
