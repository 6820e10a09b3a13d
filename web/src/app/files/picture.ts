/**
 * Pictures made small, by this browser alone: for the bubble, of a picture that is here, and for the message, of one that is
 * sent. One is decoded at a time, and none before its first bytes have said how large it is.
 */

import type { FileInfo } from "../../api";
import { addressOf, type Offer } from "../../lib/files";
import { HEAD_BYTES, isBounded, pixelsOf } from "./pixels";

/** The longer side of a picture in a bubble, in pixels of a dense screen. */
const SIDE_MAX = 832;
/** The longer side of one that travels in the message, and its bytes at most, as the protocol has it. */
const SENT_SIDE_MAX = 320;
const SENT_BYTES_MAX = 24 * 1024;
/** Larger files are fetched when somebody opens them, not to be shown in passing. */
const FETCHED_MAX = 48 * 1024 * 1024;

let last: Promise<unknown> = Promise.resolve();

/** After all that was to be decoded before. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

/** As large as fits, in the picture's own proportions. */
export function fitted([width, height]: [number, number], most: number): [number, number] {
  const scale = Math.min(1, most / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

async function small(picture: Blob, most: number): Promise<ImageBitmap> {
  const pixels = pixelsOf(new Uint8Array(await picture.slice(0, HEAD_BYTES).arrayBuffer()));
  if (!isBounded(pixels)) throw new Error("no picture that may be decoded");
  const [resizeWidth] = fitted(pixels, most);
  // A camera that was turned says so in the picture: the height follows from what the browser makes of it.
  return createImageBitmap(picture, { resizeWidth, resizeQuality: "medium" });
}

/** The picture that came in the message. */
export function sentThumbnail(file: FileInfo): Promise<ImageBitmap> {
  const bytes = Uint8Array.from(atob(file.thumbnail ?? ""), (letter) => letter.charCodeAt(0));
  return inTurn(() => small(new Blob([bytes]), SENT_SIDE_MAX));
}

/** A small picture of a file that is here. */
export function thumbnail(event: string, file: FileInfo): Promise<ImageBitmap> {
  return inTurn(async () => {
    if (file.size > FETCHED_MAX) throw new Error("too large to be shown in passing");
    const answer = await fetch(await addressOf(event));
    if (!answer.ok) throw new Error("not here");
    return small(await answer.blob(), SIDE_MAX);
  });
}

/** The address of a picture that may be shown whole; rejects for one that is none, or larger than may be. */
export async function shownWhole(event: string): Promise<string> {
  const address = await addressOf(event);
  const answer = await fetch(address, { headers: { range: `bytes=0-${HEAD_BYTES - 1}` } });
  if (!answer.ok || !isBounded(pixelsOf(new Uint8Array(await answer.arrayBuffer())))) throw new Error("not shown");
  return address;
}

/** What is said of a picture that is sent; nothing where it is none that is known here. */
export async function lookOf(bytes: Blob): Promise<Partial<Offer>> {
  try {
    const bitmap = await inTurn(() => small(bytes, SENT_SIDE_MAX));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    const pixels: [number, number] = [bitmap.width, bitmap.height];
    bitmap.close();
    for (const quality of [0.7, 0.5, 0.3]) {
      const made = await canvas.convertToBlob({ type: "image/jpeg", quality });
      if (made.size > SENT_BYTES_MAX) continue;
      const all = new Uint8Array(await made.arrayBuffer());
      return { pixels, thumbnail: btoa(String.fromCharCode(...all)) };
    }
    return { pixels };
  } catch {
    return {};
  }
}
