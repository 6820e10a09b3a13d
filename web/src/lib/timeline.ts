/**
 * From messages to what the timeline draws: days, the unread line, runs of one speaker, and where a state is said.
 *
 * Pure. The order is the agent's; times are the writers' clocks and only decide where a day is written.
 */

import type { Message } from "../api";
import { dayOf } from "./l10n";

/** A silence after which the time is written again. */
const GAP_MS = 3_600_000;
/** A pause that ends a run of bubbles. */
const RUN_MS = 300_000;

export type Row =
  | { kind: "time"; key: string; at: number }
  | { kind: "unread"; key: string; count: number }
  | { kind: "notice"; key: string; message: Message }
  | { kind: "message"; key: string; message: Message; first: boolean; last: boolean; sayState: boolean };

/** One day's rows; the timeline draws a day at a time, so that days out of sight cost nothing. */
export interface Day {
  key: string;
  at: number;
  rows: Row[];
}

/** Lays out `messages`, oldest first. `unread` is the first message that was new when the window last looked. */
export function layOut(messages: readonly Message[], unread: string | null): Day[] {
  const days: Day[] = [];
  const unreadAt = messages.findIndex((message) => message.event === unread);
  messages.forEach((message, i) => {
    const before = messages[i - 1];
    const after = messages[i + 1];
    const newDay = opensDay(message, days.at(-1));
    if (newDay) days.push({ key: message.event, at: message.sent_at, rows: [] });
    const rows = days.at(-1)?.rows ?? [];
    const quiet = !newDay && before !== undefined && opensTime(message, before);
    if (quiet) rows.push({ kind: "time", key: `t${message.event}`, at: message.sent_at });
    const line = i === unreadAt;
    if (line) rows.push({ kind: "unread", key: "unread", count: theirs(messages, i) });
    if (message.kind === "notice") return void rows.push({ kind: "notice", key: message.event, message });
    rows.push({
      kind: "message",
      key: message.event,
      message,
      first: newDay || quiet || line || before === undefined || !sameRun(before, message),
      last: after === undefined || after.event === unread || !sameRun(message, after),
      sayState: message.mine && isSaid(message) && !sameState(message, after),
    });
  });
  return days;
}

/** Something that a person said, of which the delivery matters. */
function isSaid(message: Message): boolean {
  return message.kind === "text" || message.kind === "file";
}

/** Late messages carry their own time and open no day. */
function opensDay(message: Message, day: Day | undefined): boolean {
  return day === undefined || (!message.late && dayOf(message.sent_at) > dayOf(day.at));
}

function opensTime(message: Message, before: Message): boolean {
  return !message.late && !before.late && message.sent_at - before.sent_at > GAP_MS;
}

function sameRun(before: Message, after: Message): boolean {
  const close = Math.abs(after.sent_at - before.sent_at) < RUN_MS;
  const plain = isSaid(before) && isSaid(after);
  const alike = before.state === after.state && before.held === after.held;
  return before.mine === after.mine && close && plain && !after.late && alike;
}

/** A state is said under the last own message of a run that shares it; what is spoken in between changes nothing. */
function sameState(message: Message, after: Message | undefined): boolean {
  return after !== undefined && after.mine && isSaid(after) && stateOf(after) === stateOf(message);
}

/** What is said of an own message's delivery: a held one waits for another reason than one whose reader is away. */
function stateOf(message: Message): string | null {
  return message.held ? "held" : message.state;
}

/** The other side wrote it; a notice is this device's own word. */
export function isTheirs(message: Message): boolean {
  return !message.mine && message.kind !== "notice";
}

function theirs(messages: readonly Message[], from: number): number {
  return messages.slice(from).filter(isTheirs).length;
}
