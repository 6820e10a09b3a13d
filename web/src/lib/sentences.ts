/** What is said of a contact and of a message: the sentences of the design's section on truth, from the API's facts. */

import type { Contact, Message, Notice, Stage } from "../api";
import { has, sentenceTime, t } from "./l10n";
import { inUnits } from "./span";

export const STAGES: readonly Stage[] = ["generating", "keys", "connection", "secure"];

/** The first word of a name, for sentences: *Waiting for Mira*. */
export function callName(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}

/** Nothing can be written until the two pair again: what is here is an old state, or came from a backup without keys. */
export function isOver({ note, state, safety_number }: Contact): boolean {
  return note?.id === "note-retired" || (state === "connected" && safety_number === null);
}

/** What lies between the two devices, in words. */
export function pathWords(contact: Contact): string {
  if (isOver(contact)) return t("path-over");
  if (contact.path === "none") return t("path-waiting", { name: callName(contact.name) });
  return t(`path-${contact.path}`);
}

/** The same, with since when nothing has been there. */
export function pathWordsSince(contact: Contact, now: number): string {
  if (contact.path !== "none" || contact.path_since === null || isOver(contact)) return pathWords(contact);
  return t("path-waiting-since", { name: callName(contact.name), time: sentenceTime(contact.path_since, now) });
}

/** How the safety number was compared; `not` says that it was not. */
export function comparison({ verified, met }: Contact, not: string): string {
  if (met) return t("about-safety-met");
  return t(verified ? "about-safety-compared" : not);
}

/** The second line of a contact's row. */
export function preview(contact: Contact): string {
  const { held, last, waiting } = contact;
  if (contact.blocked) return t("row-blocked");
  if (held > 0) return t("row-held", { count: held });
  if (waiting > 0) return t("row-waiting", { count: waiting });
  if (last === null) return t("row-nothing");
  if (last.kind !== "text") return shownText(last, contact.name);
  return last.mine ? t("row-mine", { text: last.text }) : last.text;
}

/** What stands in a message's bubble. */
export function shownText(message: Message, name: string): string {
  if (message.kind === "text") return message.text;
  if (message.file !== null) return t("message-file", { file: message.file.name });
  if (message.notice !== null) return noticeSentence(message.notice, name);
  if (message.kind === "unknown") return t("message-unknown");
  const args = { name: callName(name) };
  if (!message.mine) return t("message-deleted-theirs", args);
  return t(`message-deleted-${message.state ?? "waiting"}`, args);
}

/** What this device tells its person, as the timeline says it. */
export function noticeSentence(notice: Notice, name: string): string {
  const id = noticeId(notice);
  const variant = "mine" in notice && notice.mine ? "-mine" : "proven" in notice && notice.proven ? "-proven" : "";
  return t(id + variant, { name: callName(name), count: noticeCount(notice) });
}

function noticeId(notice: Notice): string {
  if (notice.what !== "timer") return `notice-${notice.what.replaceAll("_", "-")}`;
  return `notice-timer-${notice.seconds === 0 ? "off" : inUnits(notice.seconds)[0]}`;
}

function noticeCount(notice: Notice): number {
  if ("seconds" in notice) return inUnits(notice.seconds)[1];
  if ("waiting" in notice) return notice.waiting;
  if ("held" in notice) return notice.held;
  return "messages" in notice ? notice.messages : 0;
}

/** What is known of an own message's delivery. */
export function stateWords(message: Message, name: string): string {
  const args = { name: callName(name) };
  if (message.held) return t("state-held", args);
  return message.state === null ? "" : t(`state-${message.state}`, args);
}

/** Where one of the four stages stands. */
export type Progress = "done" | "now" | "todo";

/** The contact names the stage it is at; what lies before that is durable, and the last one is once it is connected. */
export function progressOf(contact: Contact, stage: Stage): Progress {
  if (contact.state === "connected") return "done";
  const ahead = STAGES.indexOf(stage) - STAGES.indexOf(contact.stage);
  if (ahead === 0) return "now";
  return ahead < 0 ? "done" : "todo";
}

/** One sentence of what is true of a stage. The current one says what it waits for, in the agent's note. */
export function stageSentence(contact: Contact, stage: Stage): string {
  const args = { name: callName(contact.name) };
  const progress = progressOf(contact, stage);
  return progress === "now" ? noteWords(contact) : t(`stage-${stage}-${progress}`, args);
}

/** The agent's note on a contact, or where it stands when there is none. */
export function noteWords(contact: Contact): string {
  const { note } = contact;
  const args = { name: callName(contact.name), count: note?.count ?? 0 };
  const id = note === null ? "" : note.id.startsWith("note-") ? note.id : `note-${note.id}`;
  return has(id) ? t(id, args) : t(`contact-${contact.state}`, args);
}
