/**
 * How large a picture says it is, from its first bytes, before anything decodes it: a few bytes of a picture can ask for
 * gigabytes of pixels. A format that is not known here is not shown.
 */

/** As many pixels as the largest cameras make; decoded, they take 400 MB. */
export const PIXELS_MAX = 100_000_000;
/** Bytes from a picture's beginning in which its size is looked for. */
export const HEAD_BYTES = 262_144;

/** Width and height, or null for what is no picture that is known here. */
export function pixelsOf(bytes: Uint8Array): [number, number] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return png(view) ?? gif(view) ?? webp(view) ?? jpeg(view) ?? avif(view);
  } catch {
    // It ends before it says so.
    return null;
  }
}

/** Whether a picture of so many pixels may be decoded here. */
export function isBounded(pixels: [number, number] | null): pixels is [number, number] {
  return pixels !== null && pixels[0] > 0 && pixels[1] > 0 && pixels[0] * pixels[1] <= PIXELS_MAX;
}

function text(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
}

function png(view: DataView): [number, number] | null {
  if (view.getUint32(0) !== 0x89504e47 || text(view, 12, 4) !== "IHDR") return null;
  return [view.getUint32(16), view.getUint32(20)];
}

function gif(view: DataView): [number, number] | null {
  if (!/^GIF8[79]a$/u.test(text(view, 0, 6))) return null;
  return [view.getUint16(6, true), view.getUint16(8, true)];
}

function webp(view: DataView): [number, number] | null {
  if (text(view, 0, 4) !== "RIFF" || text(view, 8, 4) !== "WEBP") return null;
  const kind = text(view, 12, 4);
  const three = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (kind === "VP8X") return [three(24) + 1, three(27) + 1];
  if (kind === "VP8 ") return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (kind !== "VP8L") return null;
  const bits = view.getUint32(21, true);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

/** The frame's header stands behind segments that say how long they are. */
function jpeg(view: DataView): [number, number] | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  for (;;) {
    const marker = view.getUint16(at);
    if (marker >>> 8 !== 0xff) return null;
    const kind = marker & 0xff;
    const isFrame = kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += kind === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}

/** The largest of the sizes that it names: one of several pictures in it may be larger than the one that is shown. */
function avif(view: DataView): [number, number] | null {
  if (text(view, 4, 4) !== "ftyp" || !/avi[fs]/u.test(text(view, 8, Math.min(32, view.byteLength - 8)))) return null;
  let found: [number, number] | null = null;
  for (let at = 0; at + 16 <= view.byteLength; at += 1) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (found === null || width * height > found[0] * found[1]) found = [width, height];
  }
  return found;
}
