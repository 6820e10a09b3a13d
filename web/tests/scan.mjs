/**
 * Codes before a camera, in a real browser out of the mock agent: one that shows a picture of a code for ever.
 *
 * Reads a safety number that agrees, one that differs, a code that is no safety number, and the link of an invitation; and looks at what
 * is said when the page may not use the camera.
 */

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { encodeQR } from "qr";
import { startAgent } from "../mock/agent.mjs";
import { SCENES } from "../mock/data.mjs";
import { LAUNCH, violations } from "./browser.mjs";

const [WIDTH, HEIGHT, DOT] = [640, 480, 8];
const LINK = "kith:pair?a=1";

/** A film of one still picture, as Chromium's camera that is none reads it. */
function film(text) {
  const dots = encodeQR(text, "raw", { border: 4 });
  const [left, top] = [(WIDTH - dots.length * DOT) / 2, (HEIGHT - dots.length * DOT) / 2];
  const light = Buffer.alloc(WIDTH * HEIGHT, 235);
  for (const [y, row] of dots.entries())
    for (const [x, dark] of row.entries())
      if (dark)
        for (let line = 0; line < DOT; line += 1) {
          const from = Math.trunc(top + y * DOT + line) * WIDTH + Math.trunc(left + x * DOT);
          light.fill(16, from, from + DOT);
        }
  const frame = [Buffer.from("FRAME\n"), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)];
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`), ...frame, ...frame]);
}

const agent = await startAgent();
const folder = await mkdtemp(join(tmpdir(), "kith-scan-"));

/** A page of a scene in a browser before whose camera that text is held; without a text, the page may not use it. */
async function before(text, scene, fragment, look) {
  const picture = join(folder, "camera.y4m");
  await writeFile(picture, film(text ?? "nothing"));
  const camera = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${picture}`];
  const browser = await chromium.launch({ ...LAUNCH, args: [...LAUNCH.args, ...camera] });
  try {
    const context = await browser.newContext({ permissions: text === null ? [] : ["camera"], locale: "en-GB" });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
    await page.goto(`http://${scene}.localhost:${agent.port}/#k=any`);
    await page.waitForFunction(() => !location.hash.startsWith("#k"));
    await page.evaluate((to) => (location.hash = to), fragment);
    const scan = async () => {
      await page.getByRole("button", { name: "Use the camera" }).click();
      await page.waitForSelector("dialog[open]");
    };
    await look(page, scan);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
}

const digits = SCENES["mira-new"]().me.safety_number.replace(/\D/gu, "");

await before(`kith:number:${digits}`, "mira-new", "/safety", async (page, scan) => {
  await page.getByAltText("Safety number as a QR code").waitFor();
  await scan();
  await page.waitForFunction(() => location.hash === "#/" || location.hash === "");
  await page.evaluate(() => (location.hash = "/safety"));
  await page.getByText("Compared in person").first().waitFor();
  assert.deepEqual(await violations(page), []);
});

const others = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`;
await before(`kith:number:${others}`, "mira-new", "/safety", async (page, scan) => {
  await scan();
  await page.getByRole("heading", { name: "They differ" }).waitFor();
});

await before(LINK, "mira-new", "/safety", async (page, scan) => {
  await scan();
  await page.getByText("That is another code.").waitFor();
  assert.deepEqual(await violations(page), []);
});

await before(LINK, "home-x", "/answer", async (page, scan) => {
  await page.getByRole("button", { name: "Use a link or picture" }).click();
  await scan();
  await page.waitForFunction((link) => document.querySelector("input[dir=ltr]")?.value === link, LINK);
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

await before(null, "mira-new", "/safety", async (page, scan) => {
  await scan();
  await page.getByText("This page may not use the camera.").waitFor();
});

await rm(folder, { recursive: true });
await agent.close();
console.log("codes were read from the camera");
