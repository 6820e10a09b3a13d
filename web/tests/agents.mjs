/**
 * The main job on the real thing: two people, two agents, two browsers. They pair by a code, talk, lose sight of each
 * other, compare, rename, pair once more by a link, and remove.
 *
 * `npm run test:agents`; the binary is `KITH_BIN`. Pictures of the screens go to `test-results/agents/`. Every screen is
 * held against axe; a complaint of a page (an error, a breach of the content policy) fails the run.
 */

import assert from "node:assert/strict";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { enterNamespace, isolated, Person, runSuite } from "./people.mjs";

enterNamespace();

const PICTURES = fileURLToPath(new URL("../test-results/agents", import.meta.url));
/** Texts that must not be found in a browser profile: all but the last are sent, that one is typed only. */
const CANARIES = [
  "The boat is out of the water. Do you want to see the keel?",
  "Yes. Saturday, and I bring the long ladder.",
  "There is half a tin of blue left, enough for the stripe.",
  "Then we paint first and look at the keel after.",
  "Good. The paint is in the shed, behind the oars.",
  "The survey is done, nothing under the waterline.",
  "And bring rope, the thick kind.",
];
const [FIRST, REPLY, WAITED, BACK, UNSAVED, AT_WORK, DRAFT] = CANARIES;

const GREETING = "👋 שלום";

const folder = await mkdtemp(join(tmpdir(), "kith-agents-"));
const alice = new Person("Alice", folder);
const bob = new Person("Bob", folder);

/** Holds a screen against axe and takes its picture. */
async function look(window, name) {
  await window.inspect();
  await window.page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** Types a code into the answer page, and who it is from. */
async function enterCode({ page }, code, name) {
  const [digits, ...words] = code.split("-");
  await page.locator("input.digits").fill(digits);
  for (const [i, word] of words.entries()) await page.locator(".cells input").nth(i).fill(word);
  await page.getByLabel("What you call this person").fill(name);
  await page.getByRole("button", { name: "Make our app" }).click();
}

/** The code on the screen, as it is read aloud. */
async function readCode({ page }) {
  const digits = await page.locator(".code .dg span").allInnerTexts();
  const words = await page.locator(".code .ws span").allInnerTexts();
  return [digits.join(""), ...words].join("-");
}

/** Waits until all four stages are done. */
async function seesFourStages({ page }) {
  await page.waitForFunction(() => document.querySelectorAll(".stages > li.done").length === 4);
}

async function write(window, text) {
  await window.page.locator("textarea").fill(text);
  await window.page.keyboard.press("Enter");
}

/** Waits until one's own message `text` is said to be in a state. */
async function seesState({ page }, text, words) {
  await page.locator(".m.me").filter({ hasText: text }).filter({ hasText: isolated(words) }).waitFor();
}

/** Clean homes: what a person meets first. */
async function begin() {
  await Promise.all([alice.start(), bob.start()]);
  const phone = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };
  const homes = await Promise.all([alice.openHome(), bob.openHome(phone)]);
  for (const home of homes) {
    await home.sees("One app for each person");
    assert.equal(new URL(home.page.url()).hash, "", "the key is taken out of the address");
  }
  await look(homes[0], "home-empty");
  await look(homes[1], "home-empty-phone");
  return homes;
}

/** An address without a key, in a browser that was not let in, shows nothing. */
async function isLockedWithoutKey() {
  const [{ home_url }] = await alice.kith("status");
  const stranger = await bob.visit(home_url);
  await stranger.sees("Open this from Kith");
  await look(stranger, "locked");
  await stranger.page.close();
}

/** A code, read aloud: once misheard, then right. */
async function pairByCode(alices, bobs) {
  await alices.follow("Add someone");
  await alices.fill("What you call this person", "Bob");
  await look(alices, "invite");
  await alices.press("Make a code");
  await alices.page.locator(".code").waitFor();
  await look(alices, "add");
  const code = await readCode(alices);
  await bobs.follow("I was given a code");
  await enterCode(bobs, misheard(code), "Alice");
  await bobs.sees("That didn't match");
  await look(bobs, "answer-wrong");
  await alices.sees("1 wrong try; 4 left");
  await look(alices, "add-after-wrong-try");
  await enterCode(bobs, code, "Alice");
  for (const home of [alices, bobs]) {
    await seesFourStages(home);
    await home.page.getByRole("button", { name: "Open our app" }).waitFor();
  }
  await look(alices, "made");
  await look(bobs, "made-phone");
}

/** Answers a code that nobody made, and goes away: the agent stops looking, and nothing is left. */
async function giveUp(bobs) {
  await bobs.follow("I was given a code");
  await enterCode(bobs, "100000-aardvark-adroitness-absurd-adviser", "Carol");
  await bobs.sees("Looking for the device that made this");
  await look(bobs, "answer-looking");
  await bobs.follow("Back to people");
  await bobs.sees("One app for each person");
  assert.deepEqual(await bob.kith("contacts"), []);
}

/** The code with another last word. */
function misheard(code) {
  const words = code.split("-");
  const last = words.pop();
  return [...words, last === "adroitness" ? "yesteryear" : "adroitness"].join("-");
}

/** The two apps of one relationship have one face, and each its own origin. */
async function areTwoSidesOfOneApp(alices, bobs) {
  assert.notEqual(alices.origin, bobs.origin);
  assert.equal(await alices.mark(), await bobs.mark());
  assert.equal(await alices.fetched("/icon.svg"), await bobs.fetched("/icon.svg"));
  assert.equal(await alices.page.evaluate(() => window.opener), null);
}

/** Texts both ways, and what is known of each. */
async function talk(alices, openBobs) {
  await alices.sees("This app is for you and Bob");
  await look(alices, "app-new");
  await write(alices, FIRST);
  await seesState(alices, FIRST, "Delivered");
  const bobs = await openBobs();
  await bobs.sees(FIRST);
  await seesState(alices, FIRST, "Seen");
  await write(bobs, REPLY);
  await seesState(bobs, REPLY, "Seen");
  await alices.sees(REPLY);
  await look(alices, "app");
  await look(bobs, "app-phone");
  await write(bobs, GREETING);
  await alices.sees(GREETING);
  return bobs;
}

/** Bob's agent ends: what is written waits, in words, and leaves when he is back; what was deleted never does. */
async function waitForEachOther(alices, bobs) {
  await bob.stop("SIGTERM");
  await bobs.sees("Kith is not running on this device");
  await look(bobs, "app-away");
  await alices.sees("Waiting for Bob since");
  await write(alices, WAITED);
  await seesState(alices, WAITED, "Waiting for Bob");
  await write(alices, "never mind");
  await seesState(alices, "never mind", "Waiting for Bob");
  await look(alices, "app-waiting");
  await alices.page.locator(".m.me").filter({ hasText: "never mind" }).getByRole("button", { name: "Delete" }).click();
  await alices.sees("You deleted this message. It was never delivered.");
  await bob.start();
  await bobs.sees(WAITED);
  await seesState(alices, WAITED, "Seen");
  await look(alices, "app-back");
  await write(bobs, BACK);
  await alices.sees(BACK);
  assert.equal(await bobs.page.getByText("never mind").count(), 0);
  assert.equal(await bobs.page.getByText("Kith is not running").count(), 0);
}

/** Alice's own agent is killed: what she writes meanwhile is not saved, says so, and is still in the box when it is back. */
async function keepsWhatWasNotSaved(alices) {
  await alice.stop("SIGKILL");
  await alices.sees("Kith is not running on this device");
  await write(alices, UNSAVED);
  await alices.sees("Not saved. Kith is not running on this device.");
  await look(alices, "app-not-saved");
  await alice.start();
  await alices.page.locator(".away").waitFor({ state: "detached" });
  assert.equal(await alices.page.locator("textarea").inputValue(), UNSAVED);
  await alices.press("Send");
  await seesState(alices, UNSAVED, "Seen");
  for (const text of [FIRST, WAITED, UNSAVED]) assert.equal(await alices.page.getByText(text).count(), 1);
}

async function compareNumbers(alices, bobs) {
  const numbers = [];
  for (const window of [alices, bobs]) {
    await window.go("/safety");
    await window.page.locator(".sn").waitFor();
    numbers.push((await window.page.locator(".sn b span").allInnerTexts()).join(" "));
  }
  assert.match(numbers[0], /^(\d{5} ){11}\d{5}$/u);
  assert.equal(numbers[0], numbers[1]);
  await look(alices, "safety");
  await look(bobs, "safety-phone");
  await alices.press("They match");
  await alices.page.getByText("Compared", { exact: true }).waitFor();
  await bobs.go("/");
}

async function rename(alices, home) {
  await alices.press("Rename");
  await alices.page.locator("dialog input").fill("Bob Ångström");
  await look(alices, "rename");
  await alices.press("Save");
  await alices.page.getByRole("heading", { name: "Bob Ångström" }).waitFor();
  await home.go("/");
  await home.sees("Bob Ångström");
  assert.match(JSON.parse(await alices.fetched("/manifest.webmanifest")).name, /Bob Ångström/u);
}

/** From a contact's page, no other origin of the agent can be reached, by any of the ways that a page has. */
async function reachesNobodyElse(app, others) {
  const before = app.complaints.length;
  for (const origin of others) {
    const outcome = await app.page.evaluate(async (origin) => {
      const fetched = await fetch(`${origin}/api/session`, { method: "POST", mode: "no-cors" }).then(
        () => "reached",
        () => "blocked",
      );
      const socket = await new Promise((done) => {
        const ws = new WebSocket(`${origin.replace("http", "ws")}/api/ws`);
        ws.onopen = () => done("reached");
        ws.onerror = () => done("blocked");
      }).catch(() => "blocked");
      const picture = await new Promise((done) => {
        const image = new Image();
        image.onload = () => done("reached");
        image.onerror = () => done("blocked");
        image.src = `${origin}/icon.svg`;
      });
      return [fetched, socket, picture];
    }, origin);
    assert.deepEqual(outcome, ["blocked", "blocked", "blocked"], `${app.origin} reached ${origin}`);
  }
  const provoked = app.complaints.splice(before);
  assert.ok(provoked.length >= others.length, "the content policy said nothing");
  assert.ok(provoked.every((text) => text.includes("Content Security Policy")), provoked.join("\n"));
}

/** A second relationship, by link: another app with another face. */
async function pairByLink(alices, bobs) {
  await bobs.go("/add");
  await bobs.fill("What you call this person", "Alice at work");
  await bobs.press("Make a code");
  const link = await bobs.page.locator(".link").innerText();
  await alices.go("/answer");
  await alices.press("Use a link or picture");
  await alices.fill("Link", link);
  await alices.fill("What you call this person", "Bob at work");
  await look(alices, "answer-link");
  await alices.press("Make our app");
  await seesFourStages(alices);
  await seesFourStages(bobs);
  const app = await alice.opened(() => alices.press("Open our app"));
  await write(app, AT_WORK);
  await seesState(app, AT_WORK, "Delivered");
  await alices.go("/");
  await alices.sees(AT_WORK);
  await look(alices, "home");
  return app;
}

async function differInFace(first, second) {
  assert.notEqual(first.origin, second.origin);
  assert.notEqual(await first.fetched("/icon.svg"), await second.fetched("/icon.svg"));
  assert.notEqual(await first.fetched("/manifest.webmanifest"), await second.fetched("/manifest.webmanifest"));
  assert.notEqual(await first.mark(), await second.mark());
  const { name, id, scope, start_url } = JSON.parse(await second.fetched("/manifest.webmanifest"));
  assert.match(name, /Bob at work/u);
  for (const path of [id, scope, start_url]) assert.equal(new URL(path, second.origin).origin, second.origin);
}

/** The app is removed in one window: that one says so, and so does another that stood open. */
async function removeApp(app, home) {
  const other = await alice.visit(app.origin);
  await other.sees(AT_WORK);
  await app.press("Remove this app");
  await look(app, "remove");
  await app.page.getByRole("button", { name: "Remove", exact: true }).click();
  await app.sees("This app is removed");
  await other.sees("This app is removed");
  await look(app, "removed");
  await home.go("/");
  await home.sees("Bob Ångström");
  assert.equal(await home.page.getByText("Bob at work").count(), 0);
  assert.deepEqual((await alice.kith("contacts")).map(({ name }) => name), ["Bob Ångström"]);
}

async function writeDownWords(home) {
  await home.go("/words");
  await home.page.locator("ol.seed li").nth(23).waitFor();
  const words = await home.page.locator("ol.seed li").allInnerTexts();
  assert.equal(words.length, 24);
  await look(home, "words");
  await home.press("I have written them down");
  await home.fill("The 24 words", words.toReversed().join(" "));
  await home.press("Check");
  await home.page.locator(".warn").waitFor();
  await look(home, "words-wrong");
  await home.fill("The 24 words", words.join(" "));
  await home.press("Check");
  await home.page.getByRole("heading", { name: "Checked" }).waitFor();
  await look(home, "words-done");
}

async function main() {
  await mkdir(PICTURES, { recursive: true });
  const [aliceHome, bobHome] = await begin();
  await isLockedWithoutKey();
  await giveUp(bobHome);
  await pairByCode(aliceHome, bobHome);
  const aliceApp = await alice.opened(() => aliceHome.press("Open our app"));
  const bobApp = await talk(aliceApp, () => bob.opened(() => bobHome.press("Open our app")));
  await areTwoSidesOfOneApp(aliceApp, bobApp);
  await waitForEachOther(aliceApp, bobApp);
  await keepsWhatWasNotSaved(aliceApp);
  await compareNumbers(aliceApp, bobApp);
  await rename(aliceApp, aliceHome);
  await writeDownWords(aliceHome);
  const second = await pairByLink(aliceHome, bobHome);
  await differInFace(aliceApp, second);
  await reachesNobodyElse(aliceApp, [second.origin, aliceHome.origin, bobApp.origin]);
  await removeApp(second, aliceHome);
  await aliceApp.page.locator("textarea").fill(DRAFT);
  for (const person of [alice, bob]) await keepsNoText(person);
  assert.deepEqual([...alice.windows, ...bob.windows].flatMap(({ complaints }) => complaints), []);
}

/** Nothing that was written stays in the profile of a closed browser. */
async function keepsNoText(person) {
  await person.closeBrowser();
  const found = await person.profileFilesWith("kith-bearer");
  assert.notEqual(found.length, 0, "what is stored must be found, or nothing is proven");
  for (const text of CANARIES) assert.deepEqual(await person.profileFilesWith(text), []);
}

await runSuite({ people: [alice, bob], pictures: PICTURES, folder }, main);
console.log("Two people paired, talked and parted in real browsers, nothing wrong.");
