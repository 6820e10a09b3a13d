/**
 * How soon a contact's app is there, and how it scrolls, on a real agent: a measure, which asserts nothing.
 *
 * `KITH_BIN=… node tests/open.mjs --home HOME --contact NAME [--rounds N]` takes a home in which somebody is connected; `cargo xtask bench million`
 * leaves one of a million messages where `KITH_BENCH_KEEP` says. Beside it two people are paired anew and say a hundred messages, as a yardstick on the same machine in the same
 * minute. Each round is a fresh window of a browser that has the files in its cache, and an agent that was started anew for the first. Counted from the
 * navigation's start: the first paint, the first message in the page, and the frame in which the newest sixty are there. Then the window is scrolled
 * back by the wheel, page by page: how long from reaching the oldest to the older ones being there, and the longest gap between two frames.
 */

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watchPaint } from "./browser.mjs";
import { enterNamespace, Person, runSuite } from "./people.mjs";

enterNamespace();

const option = (name, other) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : other);
const ROUNDS = Number(option("--rounds", 7));
/** Pages that are scrolled back over. */
const BACK = 10;
const FEW = 100;
/** Messages that a page asks for at first. */
const SHOWN = 60;

const folder = await mkdtemp(join(tmpdir(), "kith-open-"));
const alice = new Person("Alice", folder);
const bob = new Person("Bob", folder);
const many = new Person("Many", folder, option("--home"));

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const ms = (value) => `${value.toFixed(0)} ms`;

/** Scrolls to the oldest that is there, and waits for older ones. */
function back() {
  const log = document.querySelector(".log");
  const count = () => document.querySelectorAll(".m").length;
  const before = count();
  return new Promise((done) => {
    const begin = performance.now();
    let last = begin;
    let gap = 0;
    const frame = (now) => {
      gap = Math.max(gap, now - last);
      last = now;
      if (count() > before || now - begin > 10_000) done({ took: now - begin, gap, rows: count() });
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    log.scrollTop = 0;
  });
}

async function measure(person, contact, what) {
  const home = await person.openHome();
  const context = home.page.context();
  const figures = [];
  const scrolls = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await context.newPage();
    await page.addInitScript(watchPaint, [".m", SHOWN]);
    const [{ url }] = await person.kith("open", contact);
    await page.goto(url);
    await page.waitForFunction(() => globalThis.paint.all !== undefined, undefined, { timeout: 60_000 });
    figures.push(
      await page.evaluate(() => ({
        ...globalThis.paint,
        paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      })),
    );
    if (round === ROUNDS - 1) {
      for (let step = 0; step < BACK; step += 1) scrolls.push(await page.evaluate(back));
    }
    await page.close();
  }
  const of = (name) => `${ms(median(figures.map((one) => one[name])))} (${ms(Math.min(...figures.map((one) => one[name])))}–${ms(Math.max(...figures.map((one) => one[name])))})`;
  console.log(`${what}, median of ${ROUNDS}: first paint ${of("paint")}, first message ${of("first")}, newest ${SHOWN} ${of("all")}`);
  const grew = scrolls.filter(({ took }) => took < 10_000);
  if (grew.length > 0) {
    const { rows } = grew.at(-1);
    console.log(`  ${grew.length} pages back, ${rows} messages in the page: older ones after ${ms(median(grew.map(({ took }) => took)))}, longest gap between frames ${ms(Math.max(...grew.map(({ gap }) => gap)))}`);
  }
  await person.closeBrowser();
}

await runSuite({ people: [alice, bob, many], pictures: join(folder, "pictures"), folder }, async () => {
  await Promise.all([alice.start(), bob.start()]);
  const [{ code }] = await alice.kith("invite", "Bob");
  await bob.kith("accept", code, "--name", "Alice", "--wait", "20");
  for (let number = 0; number < FEW; number += 1) await alice.kith("send", "Bob", `message ${number}, of some length, as people write them`);
  await measure(alice, "Bob", `${FEW} messages`);
  await Promise.all([alice.stop(), bob.stop()]);
  await many.start();
  await measure(many, option("--contact", "Bob"), option("--home"));
});
