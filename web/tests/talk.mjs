/**
 * A conversation on the real thing, beyond sending: somebody is seen to be writing, what was not sent comes back, old
 * messages are found and gone to, one is taken out of one's own sight, and what was seen is told only by who lets it be.
 *
 * `npm run test:talk`; the binary is `KITH_BIN`. Pictures go to `test-results/talk/`. A complaint of a page fails the run.
 */

import assert from "node:assert/strict";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { enterNamespace, isolated, Person, runSuite } from "./people.mjs";

enterNamespace();

const PICTURES = fileURLToPath(new URL("../test-results/talk", import.meta.url));
const OLD = "The heron stands on the old pier";
/** More than a window of messages. */
const MANY = 150;
const UNSENT = "I was about to say that the tide";

const folder = await mkdtemp(join(tmpdir(), "kith-talk-"));
const alice = new Person("Alice", folder);
const bob = new Person("Bob", folder);

async function look(window, name) {
  await window.inspect();
  await window.page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

async function write(window, text) {
  await window.page.locator("textarea").fill(text);
  await window.page.keyboard.press("Enter");
}

const bubble = ({ page }, text) => page.locator(".m").filter({ hasText: text });

const seesState = (window, text, words) => bubble(window, text).filter({ hasText: isolated(words) }).waitFor();

/** Chooses what to do with a message, in its menu. */
async function choose(window, text, item) {
  await bubble(window, text).focus();
  await window.page.keyboard.press("Enter");
  await window.page.getByRole("menuitem", { name: item }).click();
}

/** Two agents that know each other, and a window onto each one's app. */
async function begin() {
  await Promise.all([alice.start(), bob.start()]);
  const [{ code }] = await alice.kith("invite", "Bob");
  await bob.kith("accept", code, "--name", "Alice", "--wait", "20");
  const homes = [await alice.openHome(), await bob.openHome({ viewport: { width: 390, height: 844 } })];
  const apps = [];
  for (const [person, whom] of [
    [alice, "Bob"],
    [bob, "Alice"],
  ]) {
    const [{ url }] = await person.kith("open", whom, "--no-open");
    apps.push(await person.visit(url));
  }
  for (const app of apps) await app.sees("This app is for you and");
  return { homes, apps };
}

/** Somebody writes: the other sees it at once, and no more once the message is there; off means off at both ends. */
async function writing(alices, bobs) {
  await alices.sees("Direct");
  await alices.page.locator("textarea").pressSequentially("The");
  await bobs.sees("Alice is writing");
  await look(bobs, "writing-phone");
  await write(alices, "The tide is out");
  await bobs.sees("The tide is out");
  await bobs.page.getByText(isolated("Alice is writing")).waitFor({ state: "detached" });
  await bobs.go("/about");
  await bobs.page.getByRole("switch", { name: "Tell when I am writing" }).click();
  await bobs.page.getByRole("switch", { name: "Tell when I am writing", checked: false }).waitFor();
  await bobs.go("/");
  const shown = await bobs.page.evaluateHandle(() => {
    const seen = { count: 0 };
    const header = document.querySelector("header h1").parentElement;
    new MutationObserver(() => (seen.count += 1)).observe(header, { childList: true, subtree: true });
    return seen;
  });
  // Long enough for the word to be due again.
  await alices.page.locator("textarea").pressSequentially("Does anybody see me write all of this?", { delay: 100 });
  await alices.page.keyboard.press("Enter");
  await bobs.sees("Does anybody see me write all of this?");
  assert.equal(await shown.evaluate(({ count }) => count), 0, "nothing changed above the conversation");
}

/** What was written and not sent is there again after a reload, and in no browser's storage; sent, it is gone. */
async function draft(alices) {
  await alices.page.locator("textarea").fill(UNSENT);
  const kept = async () => (await alice.kith("contacts"))[0].draft === UNSENT;
  await until(kept);
  await alices.page.reload();
  await alices.page.waitForFunction((text) => document.querySelector("textarea")?.value === text, UNSENT);
  await alices.page.keyboard.press("/");
  await alices.page.keyboard.press("Enter");
  await bubble(alices, UNSENT).waitFor();
  await until(async () => (await alice.kith("contacts"))[0].draft === null);
  await alices.page.reload();
  await bubble(alices, UNSENT).waitFor();
  assert.equal(await alices.page.locator("textarea").inputValue(), "");
}

/** A draft goes with the message that it becomes: a page that ends right after sending brings no draft back. */
async function crash(alices) {
  const text = "Sent in the moment before the light went out";
  await alices.page.locator("textarea").fill(text);
  await until(async () => (await alice.kith("contacts"))[0].draft === text);
  // The page is gone, for all that the agent hears, as soon as the message has left it.
  await alices.page.evaluate(() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (frame) {
      if (!frame.includes('"method":"draft"')) send.call(this, frame);
    };
  });
  await alices.page.keyboard.press("/");
  await alices.page.keyboard.press("Enter");
  await bubble(alices, text).waitFor();
  await until(async () => (await alice.kith("contacts"))[0].draft === null);
  await alices.page.reload();
  await bubble(alices, text).waitFor();
  assert.equal(await alices.page.locator("textarea").inputValue(), "");
}

/** Of two windows of one app the one that was written in last wins, and the other follows it. */
async function windows(alices) {
  const [{ url }] = await alice.kith("open", "Bob", "--no-open");
  const other = await alice.visit(url);
  const field = ({ page }) => page.locator("textarea");
  const says = (window, text) => window.page.waitForFunction((text) => document.querySelector("textarea")?.value === text, text);
  await field(other).waitFor();
  await field(alices).fill("Written in the first");
  await field(alices).blur();
  await says(other, "Written in the first");
  await field(other).fill("Written on in the second");
  await field(other).blur();
  await says(alices, "Written on in the second");
  await until(async () => (await alice.kith("contacts"))[0].draft === "Written on in the second");
  // Where it is sent, it is gone in both.
  await field(other).press("Enter");
  await bubble(alices, "Written on in the second").waitFor();
  await says(alices, "");
  await other.page.close();
}

/** What lies far back is found, gone to, and left again; the keys do the same. */
async function find(alices) {
  await bob.kith("send", "Alice", OLD, "--wait", "delivered", "--timeout", "20");
  for (let i = 1; i <= MANY; i += 1) await bob.kith("send", "Alice", `Wave ${i}`);
  const last = `Wave ${MANY}`;
  await alices.sees(last);
  await alices.page.reload();
  await alices.sees(last);
  assert.equal(await bubble(alices, OLD).count(), 0, "it lies outside the window");
  await alices.page.locator(".log").focus();
  await alices.page.keyboard.press("f");
  await alices.page.keyboard.type("pier heron");
  await alices.page.locator(".found .hit-row").waitFor();
  await look(alices, "find");
  await alices.page.keyboard.press("Enter");
  await bubble(alices, OLD).waitFor();
  await alices.page.locator(".m.hit").filter({ hasText: OLD }).waitFor();
  await look(alices, "found");
  // What comes meanwhile is not put behind old messages.
  await bob.kith("send", "Alice", "One more", "--wait", "delivered", "--timeout", "20");
  assert.equal(await bubble(alices, "One more").count(), 0);
  await alices.press("Jump to latest");
  await alices.sees("One more");
  assert.equal(await bubble(alices, OLD).count(), 0);
  await alices.page.getByRole("button", { name: "Close" }).click();
  await alices.page.locator(".find").waitFor({ state: "detached" });
}

/** From an old place one scrolls on to the newest end, without a hole. */
async function scrollOn(alices, home) {
  await home.page.keyboard.press("/");
  await home.page.keyboard.type("heron");
  await home.page.locator(".hit").waitFor();
  const app = await alice.opened(() => home.page.locator(".hit").click());
  await app.page.locator(".m.hit").filter({ hasText: OLD }).waitFor();
  assert.equal(new URL(app.page.url()).hash, "#/");
  await look(app, "from-home");
  const last = app.page.locator(".m").filter({ hasText: "One more" });
  await until(async () => {
    await app.page.locator(".log").evaluate((log) => (log.scrollTop = log.scrollHeight));
    return (await last.count()) > 0;
  });
  const waves = await app.page.locator(".m .b").filter({ hasText: /^\s*Wave \d+\s*$/u }).allInnerTexts();
  const numbers = waves.map((text) => Number(/\d+/u.exec(text)[0]));
  assert.deepEqual(numbers, numbers.map((_, i) => numbers[0] + i));
  assert.equal(numbers.at(-1), MANY);
  await app.page.close();
}

/** A message goes from one side alone, whoever wrote it. */
async function hide(alices, bobs) {
  await bobs.sees("One more");
  await choose(alices, "One more", "Delete");
  await look(alices, "delete-here");
  await alices.press("Delete here only");
  await bubble(alices, "One more").waitFor({ state: "detached" });
  await alices.page.reload();
  await alices.sees(`Wave ${MANY}`);
  assert.equal(await bubble(alices, "One more").count(), 0);
  await bobs.sees("One more");
}

/** Who tells nothing of what they have seen is told nothing. */
async function seen(alices, bobs) {
  await write(alices, "Did you see that?");
  await bobs.sees("Did you see that?");
  await seesState(alices, "Did you see that?", "Seen");
  await bobs.go("/about");
  await bobs.page.getByRole("switch", { name: "Tell what I have seen" }).click();
  await bobs.page.getByRole("switch", { name: "Tell what I have seen", checked: false }).waitFor();
  await look(bobs, "habits-phone");
  await bobs.go("/");
  await write(alices, "And that?");
  await bobs.sees("And that?");
  await write(bobs, "Not telling");
  await alices.sees("Not telling");
  await seesState(alices, "And that?", "Delivered");
  await write(alices, "Fine");
  await bobs.sees("Fine");
  await write(bobs, "Good");
  await alices.sees("Good");
  assert.equal(await bubble(alices, "And that?").filter({ hasText: "Seen" }).count(), 0);
  const states = (await bob.kith("log", "Alice")).filter(({ mine }) => mine).map(({ state }) => state);
  assert.ok(!states.includes("seen"), states.join());
}

/** What one pins both see above the messages; either goes to it, and either takes it down. */
async function pins(alices, bobs) {
  await choose(bobs, "Good", "Pin for both");
  const bar = ({ page }) => page.locator(".pins");
  await bar(alices).filter({ hasText: "Good" }).waitFor();
  await bar(bobs).filter({ hasText: "Good" }).waitFor();
  await bubble(alices, "Did you see that?").focus();
  await alices.page.keyboard.press("p");
  await bar(alices).filter({ hasText: isolated("1 of 2") }).waitFor();
  await bar(bobs).filter({ hasText: isolated("1 of 2") }).waitFor();
  await look(alices, "pinned");
  await look(bobs, "pinned-phone");
  await alices.page.locator(".pinned").click();
  await alices.page.locator(".m.hit").waitFor();
  assert.deepEqual((await alice.kith("pins", "Bob")).map(({ text }) => text).sort(), ["Did you see that?", "Good"]);
  for (const left of [1, 0]) {
    await alices.press("Unpin");
    await until(async () => (await bob.kith("pins", "Alice")).length === left);
  }
  await bar(alices).waitFor({ state: "detached" });
  await bar(bobs).waitFor({ state: "detached" });
}

/** Nothing disappears until both let it; then it goes from both, and what was said before stays. */
async function disappears(alices, bobs) {
  await alice.kith("disappear", "Bob", "5s");
  await bobs.sees("Alice lets messages disappear after 5 seconds.");
  await write(alices, "Written too early");
  await bobs.sees("Written too early");
  await look(bobs, "timer-offered-phone");
  // Above it a message is chosen, which makes room for its time: that must not go under the press.
  await bubble(bobs, "Good").focus();
  await bobs.press("Agree");
  await alices.sees("Bob lets messages disappear after 5 seconds.");
  await alices.page.getByRole("link", { name: isolated("disappear after 5 seconds") }).waitFor();
  await write(alices, "Soon gone");
  await bobs.sees("Soon gone");
  await bubble(alices, "Soon gone").focus();
  await look(alices, "disappears");
  for (const window of [alices, bobs]) await bubble(window, "Soon gone").waitFor({ state: "detached" });
  for (const [person, other] of [
    [alice, "Bob"],
    [bob, "Alice"],
  ]) {
    const texts = (await person.kith("log", other)).map(({ text }) => text);
    assert.ok(texts.includes("Written too early") && !texts.includes("Soon gone"), texts.slice(-4).join());
  }
  await bobs.go("/about");
  await bobs.page.getByRole("radio", { name: "Stay", exact: true }).press("Space");
  await bobs.sees("Messages stay. Alice would let them disappear after 5 seconds.");
  await look(bobs, "timer-phone");
  await bobs.go("/");
  await alices.page.getByRole("link", { name: isolated("disappear after 5 seconds") }).waitFor({ state: "detached" });
  await look(alices, "timer-over");
}

/** A text goes from one app to another by way of home; the app that it came from learns of nobody, no address holds it. */
async function forward(alices) {
  const [{ code }] = await alice.kith("invite", "Bob at work");
  await bob.kith("accept", code, "--name", "Alice at work", "--wait", "20");
  const from = alices.origin;
  const addresses = [];
  alices.page.on("framenavigated", (frame) => addresses.push(frame.url()));
  await choose(alices, "Not telling", "Forward");
  await alices.sees("Not telling");
  await alices.page.locator("dialog.switcher").waitFor();
  await look(alices, "forward");
  // Nobody is chosen yet, so that a key that is pressed too often sends nothing to anybody.
  assert.equal(await alices.page.locator("[role=option][aria-selected=true]").count(), 0);
  await alices.page.keyboard.press("Enter");
  await alices.page.locator("dialog.switcher").waitFor();
  await alices.page.keyboard.type("work");
  await alices.page.getByRole("option", { name: /Bob at work/u }).waitFor();
  await alices.page.keyboard.press("Enter");
  await alices.page.locator(".m.me").filter({ hasText: "Not telling" }).waitFor();
  assert.notEqual(alices.origin, from);
  await until(async () => (await bob.kith("log", "Alice at work")).some(({ text }) => text === "Not telling"));
  assert.ok(!addresses.join().includes("telling"), addresses.join());
  // It is handed over once.
  const home = await alice.visit((await alice.kith("open", "--no-open"))[0].url);
  await home.sees("Bob at work");
  await home.go("/forward");
  await home.page.waitForURL(/#\/$/u);
  await home.page.close();
}

async function until(holds) {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it never came: ${holds}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

async function main() {
  await mkdir(PICTURES, { recursive: true });
  const { homes, apps } = await begin();
  const [alices, bobs] = apps;
  await writing(alices, bobs);
  await draft(alices);
  await crash(alices);
  await windows(alices);
  await find(alices);
  await scrollOn(alices, homes[0]);
  await hide(alices, bobs);
  await seen(alices, bobs);
  await pins(alices, bobs);
  await disappears(alices, bobs);
  await forward(alices);
  for (const person of [alice, bob]) {
    await person.closeBrowser();
    assert.notEqual((await person.profileFilesWith("kith-bearer")).length, 0, "what is stored must be found");
    assert.deepEqual(await person.profileFilesWith(UNSENT), []);
  }
  assert.deepEqual([...alice.windows, ...bob.windows].flatMap(({ complaints }) => complaints), []);
}

await runSuite({ people: [alice, bob], pictures: PICTURES, folder }, main);
console.log("Two people wrote, found, hid and kept to themselves what they wanted, nothing wrong.");
