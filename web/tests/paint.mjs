/**
 * How soon home is there with five hundred people, out of the mock agent: a measure, which asserts nothing.
 *
 * `node tests/paint.mjs [--rounds N]`. Each round is a fresh window of one browser that has the files in its cache. Counted from the
 * navigation's start: the first paint, the first row in the page, and the frame in which all rows are there.
 */

import { chromium } from "playwright-core";
import { startAgent } from "../mock/agent.mjs";
import { LAUNCH, watchPaint } from "./browser.mjs";

const ROUNDS = process.argv.includes("--rounds") ? Number(process.argv[process.argv.indexOf("--rounds") + 1]) : 7;
const PEOPLE = 500;

const agent = await startAgent();
const browser = await chromium.launch(LAUNCH);
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
const figures = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const page = await context.newPage();
  await page.addInitScript(watchPaint, [".person", PEOPLE]);
  await page.goto(`http://home-many.localhost:${agent.port}/#k=any`);
  await page.waitForFunction(() => globalThis.paint.all !== undefined);
  figures.push(
    await page.evaluate(() => ({
      ...globalThis.paint,
      paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      elements: document.querySelectorAll("*").length,
    })),
  );
  await page.close();
}
await browser.close();
await agent.close();

const median = (name) => figures.map((one) => one[name]).toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
const { first, all, paint, elements } = Object.fromEntries(Object.keys(figures[0]).map((name) => [name, median(name)]));
console.log(`${PEOPLE} people, median of ${figures.length}: first paint ${paint.toFixed(0)} ms, first row ${first.toFixed(0)} ms, all rows ${all.toFixed(0)} ms, ${elements} elements`);
