/** Pictures for the mock agent and for tests. */

import { crc32, deflateSync } from "node:zlib";

/**
 * A PNG in bands of equal height from the top, each of one colour: three numbers, or one for grey, which takes a byte for each pixel
 * and next to nothing once it is packed.
 */
export function png(width, height, ...bands) {
  const chunk = (kind, body) => {
    const inner = Buffer.concat([Buffer.from(kind), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(inner));
    return Buffer.concat([length, inner, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, bands[0].length === 3 ? 2 : 0], 8);
  const rows = bands.map((colour) => Buffer.concat([Buffer.alloc(1), Buffer.alloc(width * colour.length, Buffer.from(colour))]));
  const all = Array.from({ length: height }, (_, y) => rows[Math.floor((y * bands.length) / height)]);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.concat(all))), chunk("IEND", Buffer.alloc(0))]);
}
