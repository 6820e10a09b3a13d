/** Handing an address-book file to the agent, piece by piece, and what it found in it. */

import type { Review } from "../api";
import type { Socket } from "./socket";

/** Bytes of one piece: in base64 well under what one frame may hold. */
const PIECE = 768 * 1024;
/** Bytes turned into a string at once, which a call can take as arguments. */
const STEP = 0x8000;

/** Reads a file through the agent. Rejects with a `CallError`, or when the file can't be read. */
export async function readCards(socket: Socket, file: Blob): Promise<Review> {
  let review: Review = { people: [], skipped: [], unread: null };
  const pieces = Math.max(1, Math.ceil(file.size / PIECE));
  for (let at = 0; at < pieces; at += 1) {
    const bytes = new Uint8Array(await file.slice(at * PIECE, (at + 1) * PIECE).arrayBuffer());
    const params = { piece: base64(bytes), first: at === 0, last: at === pieces - 1 };
    review = await socket.call({ method: "read_cards", params });
  }
  return review;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(text);
}
