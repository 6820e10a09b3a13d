/** The link in a QR picture, read by the browser itself where it can. */

interface Detector {
  detect(image: ImageBitmap): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const detectorClass = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether this browser can read QR pictures. */
export const canReadQr = detectorClass !== undefined;

/** The Kith link in a picture, or null when there is none to be read. */
export async function readQr(picture: Blob): Promise<string | null> {
  if (detectorClass === undefined) return null;
  try {
    const detector = new detectorClass({ formats: ["qr_code"] });
    const codes = await detector.detect(await createImageBitmap(picture));
    return codes.find((code) => code.rawValue.startsWith("kith:"))?.rawValue ?? null;
  } catch {
    // Not a picture, or a browser that names the detector without having one.
    return null;
  }
}
