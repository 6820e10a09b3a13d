/** QR codes: read from pictures and from the camera, and drawn. Nothing leaves the window. */

/** What a safety number's code begins with; sixty digits follow. */
export const NUMBER_PREFIX = "kith:number:";

/** Sides of a picture in which a code is looked for: larger ones are made smaller, which loses no code worth reading. */
const SIDE_MAX = 1600;

const library = (): Promise<typeof import("./qr-library")> => import("./qr-library");

/** The text of the code in a picture, or null when there is none to be read. */
export async function readQr(picture: Blob | HTMLVideoElement): Promise<string | null> {
  const { decodeQR } = await library();
  try {
    return decodeQR(pixels(await createImageBitmap(picture)));
  } catch {
    // Not a picture, or none with a code.
    return null;
  }
}

function pixels(bitmap: ImageBitmap): ImageData {
  const scale = Math.min(1, SIDE_MAX / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new TypeError("no canvas");
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

/** The address of a drawing of a text's code. */
export async function drawQr(text: string): Promise<string> {
  const { encodeQR } = await library();
  return `data:image/svg+xml,${encodeURIComponent(encodeQR(text, "svg", { border: 2 }))}`;
}
