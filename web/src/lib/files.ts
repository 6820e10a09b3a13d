/**
 * Files between this page and its agent, over this origin (`spec/loopback.md`, LOOP-070 and on): sending one as it is read,
 * and the address of one that is here.
 */

import type { Error as Refusal } from "../api";
import { bearer } from "./session";

/** What is said of a file before its bytes. */
export interface Offer {
  name: string;
  size: number;
  caption: string;
  thumbnail?: string;
  pixels?: [number, number];
  duration_ms?: number;
  waveform?: number[];
}

/** Why a file was not taken; without words when nobody answered. */
export class NotTaken extends Error {
  constructor(readonly refusal: Refusal | null) {
    super(refusal?.message ?? "");
  }
}

/** A file on its way to the agent. */
export interface Sending {
  done: Promise<void>;
  cancel(): void;
}

/** Sends a file; `told` hears how many of its bytes were taken. What is cancelled leaves nothing anywhere. */
export function sendFile(offer: Offer, bytes: Blob, told: (taken: number) => void): Sending {
  const said = new TextEncoder().encode(JSON.stringify(offer));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, said.length);
  const before = length.byteLength + said.length;
  const request = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    request.upload.addEventListener("progress", ({ loaded }) => told(Math.max(0, loaded - before)));
    request.addEventListener("load", () => {
      if (request.status === 200) resolve();
      else reject(new NotTaken(refusalIn(request.responseText)));
    });
    request.addEventListener("error", () => reject(new NotTaken(null)));
    request.addEventListener("abort", () => reject(new NotTaken(null)));
  });
  request.open("POST", "/api/files");
  request.setRequestHeader("authorization", `Bearer ${bearer()}`);
  request.send(new Blob([length, said, bytes]));
  return { done, cancel: () => request.abort() };
}

function refusalIn(text: string): Refusal | null {
  try {
    return JSON.parse(text) as Refusal;
  } catch {
    return null;
  }
}

/** The address of a file of this conversation, good for a while and for nobody who does not know it. */
export async function addressOf(event: string): Promise<string> {
  const headers = { authorization: `Bearer ${bearer()}` };
  const answer = await fetch(`/api/files/${event}/ticket`, { method: "POST", headers });
  if (!answer.ok) throw new NotTaken(null);
  const { ticket } = (await answer.json()) as { ticket: string };
  return `/api/files/${event}?t=${ticket}`;
}

/** Has the browser save a file where its person keeps such. */
export async function save(event: string): Promise<void> {
  const link = document.createElement("a");
  link.href = `${await addressOf(event)}&save=1`;
  link.download = "";
  link.click();
}
