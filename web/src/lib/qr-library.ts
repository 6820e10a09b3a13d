/** What reads and draws QR codes, in a file of its own: most windows never need it. */

export { encodeQR } from "qr";
export { decodeQR } from "qr/decode.js";
