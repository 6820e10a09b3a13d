/**
 * Home on the real thing: people brought from a file, one of them invited, found by what they wrote, pinned, switched to by
 * one key, blocked and met again; all of it locked and opened; and the app kept by Chromium's own install.
 *
 * `npm run test:home`; the binary is `KITH_BIN`. Pictures go to `test-results/home/`. A complaint of a page fails the run.
 */

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { enterNamespace, isolated, Person, runSuite } from "./people.mjs";

enterNamespace();

const PICTURES = fileURLToPath(new URL("../test-results/home", import.meta.url));
const PHOTO =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const CARDS = [
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bob Harbour\r\nUID:b1\r\nTEL:+4740000000\r\nPHOTO;ENCODING=b;TYPE=PNG:${PHOTO}\r\nEND:VCARD`,
  "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Mira Solberg\r\nUID:m1\r\nNOTE:no field of a card is kept\r\nEND:VCARD",
  "BEGIN:VCARD\r\nVERSION:2.1\r\nTEL:112\r\nEND:VCARD",
];

const folder = await mkdtemp(join(tmpdir(), "kith-home-"));
const alice = new Person("Alice", folder);
const bob = new Person("Bob", folder);

async function look(window, name) {
  await window.inspect();
  await window.page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** An import is looked through before anything is saved. */
async function bringPeople(home) {
  await home.follow("Bring contacts from a file");
  const file = { name: "phone.vcf", mimeType: "text/vcard", buffer: Buffer.from(CARDS.join("\r\n")) };
  await home.page.locator("input[type=file]").setInputFiles(file);
  await home.sees("2 people, 2 new.");
  await home.sees("1 card has no name.");
  await look(home, "import");
  assert.deepEqual(await alice.kith("contacts"), []);
  await home.press(isolated("Save 2 people"));
  await home.sees("Saved, not yet invited");
  await look(home, "saved");
}

/** Somebody who is saved is invited, and keeps the place and the photo. */
async function invite(home) {
  await home.page.getByRole("link", { name: /Bob Harbour/u }).click();
  await home.sees("Saved. The app is made when you invite Bob.");
  await home.press("Make a code");
  await home.page.locator(".code").waitFor();
  const digits = await home.page.locator(".code .dg span").allInnerTexts();
  const words = await home.page.locator(".code .ws span").allInnerTexts();
  await bob.kith("accept", [digits.join(""), ...words].join("-"), "--name", "Alice", "--wait", "20");
  const app = await alice.opened(() => home.page.getByRole("button", { name: "Open our app" }).click());
  await app.page.locator("img.photo").waitFor();
  return app;
}

/** What was written is found across people, and leads to its app. */
async function find(home) {
  await bob.kith("send", "Alice", "The heron came back to the old pier.", "--wait", "delivered", "--timeout", "20");
  await home.go("/");
  await home.sees("The heron came back");
  await home.page.keyboard.press("/");
  await home.page.keyboard.type("pier heron");
  await home.page.locator(".hit").waitFor();
  await look(home, "found");
  const found = await alice.opened(() => home.page.locator(".hit").click());
  await found.sees("The heron came back");
  await found.page.close();
  await home.page.locator("input[type=search]").fill("");
}

/** What each app keeps is told as it is, and room is made of what came. */
async function makeRoom(home) {
  const path = join(folder, "survey.pdf");
  await writeFile(path, Buffer.alloc(700_000, 7));
  const [{ event }] = await bob.kith("send", "Alice", "--file", path);
  const came = async () => (await alice.kith("storage"))[0].came;
  while ((await came()).files === 0) await new Promise(setImmediate);
  const { bytes } = await came();
  assert.ok(bytes > 700_000);
  const size = `${Number((bytes / 1000).toFixed(1))} kB`;
  await home.go("/settings");
  await home.follow("Look at it");
  await home.sees(`Files that came ${size}`);
  await look(home, "storage");
  await home.press(isolated("Free room of Bob’s files"));
  await home.sees("Remove one file that came from Bob?");
  await home.sees("You can ask for each again as long as Bob’s device keeps it, and no longer.");
  await home.press(isolated(`Remove ${size}`));
  await home.page.locator("dialog[open]").waitFor({ state: "detached" });
  assert.equal(await home.page.getByText("Files that came").count(), 0);
  const [{ came: whole, partly, other }] = await alice.kith("storage");
  for (const part of [whole, partly, other]) assert.deepEqual(part, { files: 0, bytes: 0 });
  const [file] = await alice.kith("files", "Bob Harbour");
  assert.deepEqual([file.event, file.file.state], [event, "removed"]);
  await home.follow("Back to the settings");
  await home.go("/");
}

/** A backup is downloaded by the browser and opens on another device; one that is stopped leaves nothing. */
async function backUp(home) {
  const passphrase = "four words or five";
  await home.go("/settings");
  await home.follow("Make one");
  const ask = async (second) => {
    await home.fill("A passphrase for the backup", passphrase);
    await home.fill("Once more", second);
    await home.press("Make the backup");
  };
  await ask("four words or six");
  await home.sees("The two are not the same.");
  await home.page.evaluate(() => {
    globalThis.forms = 0;
    const count = (changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      globalThis.forms += added.filter(({ nodeName }) => nodeName === "FORM").length;
    };
    new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
  });
  const [download] = await Promise.all([home.page.waitForEvent("download"), ask(passphrase)]);
  assert.match(download.suggestedFilename(), /^kith-\d{4}-\d{2}-\d{2}\.backup$/u);
  const file = join(folder, "kith.backup");
  await download.saveAs(file);
  await home.sees("The backup is whole");
  await home.sees("People: 2, files: 0.");
  assert.equal(await home.page.evaluate(() => globalThis.forms), 0, "the form does not come back before the first progress");
  await look(home, "backup");
  await home.follow("Back to the settings");
  await home.follow("Make one");

  // What a page's script asks for by itself is refused, with whatever ticket.
  assert.equal(await home.page.evaluate(async () => (await fetch("/api/backup?t=any")).status), 403);

  // It is what the command line restores.
  const carol = new Person("Carol", folder);
  const secret = join(folder, "passphrase");
  await writeFile(secret, passphrase);
  await carol.start("--restore-backup", file, "--backup-passphrase-file", secret);
  const names = (await carol.kith("contacts")).map(({ name }) => name);
  assert.deepEqual(names.toSorted(), ["Bob Harbour", "Mira Solberg"]);
  const [said] = await carol.kith("log", "Bob Harbour");
  assert.equal(said.text, "The heron came back to the old pier.");
  await carol.stop();

  // Stopped in its middle, it is no file anywhere, and can be made anew.
  const large = join(folder, "large.bin");
  await writeFile(large, "");
  await truncate(large, 400_000_000);
  const [{ event }] = await alice.kith("send", "Bob Harbour", "--file", large);
  await rm(large);
  const [half] = await Promise.all([home.page.waitForEvent("download"), ask(passphrase)]);
  await home.page.locator("progress").waitFor();
  // At once, wherever it stands: a quick machine has it whole in a second.
  await home.page.getByRole("button", { name: "Stop it" }).dispatchEvent("click");
  await home.sees("The backup was stopped before it was whole.");
  await look(home, "backup-stopped");
  assert.ok((await half.failure()) !== null, "the browser does not take it for whole");
  await assert.rejects(readdir(join(folder, "Alice", "home", "copy")), /ENOENT/u);
  await alice.kith("delete", "Bob Harbour", event);
  await home.follow("Back to the settings");
  // That a script is refused, and that a download is cut, the browser says in its console too.
  home.complaints = home.complaints.filter((text) => !/403 \(Forbidden\)/u.test(text));
  await home.go("/");
}

/** From an app, one keystroke and a name lead to any app, in the same window; the app itself names no other contact. */
async function switchApps(home, app) {
  const { origin } = app;
  await app.page.keyboard.press("Control+k");
  await app.page.waitForURL(`${home.origin}/#/switch`);
  await app.page.locator("dialog[open]").waitFor();
  await app.page.keyboard.type("harb");
  await app.page.getByRole("option", { name: /Bob Harbour/u }).waitFor();
  await look(app, "switch");
  await app.page.keyboard.press("Enter");
  await app.page.waitForURL(`${origin}/**`);
  await app.sees("The heron came back");
}

async function arrange(home) {
  await home.page.getByRole("link", { name: /Bob Harbour/u }).focus();
  await home.page.keyboard.press("m");
  await home.page.getByRole("switch", { name: "Pinned" }).click();
  await home.press("8 hours");
  await home.page.getByRole("button", { name: "Unmute" }).waitFor();
  await look(home, "place");
  await home.press("Close");
  await home.page.getByRole("heading", { name: "Pinned" }).waitFor();
  const [bobs] = (await alice.kith("contacts")).filter(({ name }) => name === "Bob Harbour");
  assert.deepEqual([bobs.pinned, bobs.muted, bobs.archived, bobs.blocked], [true, true, false, false]);
}

/** While somebody is blocked nothing of theirs is shown, and nothing arrives; then it does. */
async function block(home, app) {
  await app.press("Block");
  await app.sees("You blocked Bob");
  await look(app, "blocked");
  await home.go("/blocked");
  await home.page.getByRole("link", { name: /Bob Harbour/u }).waitFor();
  assert.equal(await home.page.getByText("The heron came back").count(), 0);
  await bob.kith("send", "Alice", "Are you there?");
  await app.page.getByRole("button", { name: "Take it back" }).first().click();
  await app.sees("Are you there?");
  await home.go("/");
}

/** Both pages are closed with the lock, hold nothing of what they showed, and come back with the passphrase. */
async function lock(home, app) {
  const passphrase = "correct horse battery";
  await home.go("/settings");
  await home.page.getByRole("switch", { name: "Lock" }).click();
  const dialog = home.page.getByRole("dialog");
  await dialog.getByLabel("The new passphrase").fill(passphrase);
  await dialog.getByLabel("Once more").fill("another one");
  await dialog.getByRole("button", { name: "Set it" }).click();
  await home.sees("The two are not the same.");
  await dialog.getByLabel("Once more").fill(passphrase);
  await dialog.getByRole("button", { name: "Set it" }).click();
  await home.sees("After 5 minutes in which nobody used it");
  await look(home, "settings");
  // There is no session bus here, and nothing is kept that could not be.
  const keyring = home.page.getByRole("switch", { name: "Start without asking" });
  for (const [typed, says] of [["incorrect", "This passphrase does not open the key."], [passphrase, "There is no desktop session here"]]) {
    await keyring.click();
    await dialog.getByLabel("The passphrase in force").fill(typed);
    await dialog.getByRole("button", { name: "Start without asking" }).click();
    await home.sees(says);
    await home.press("Not now");
  }
  assert.equal(await keyring.getAttribute("aria-checked"), "false");
  await home.press("Lock now");
  for (const window of [home, app]) {
    await window.page.getByRole("heading", { name: "Locked" }).waitFor();
    assert.doesNotMatch(await window.page.content(), /Bob|heron/u);
  }
  await assert.rejects(alice.kith("contacts"), /locked/u);
  await look(app, "locked");
  await app.page.getByLabel("Passphrase").fill("incorrect");
  await app.press("Open");
  await app.sees("This passphrase does not open the key.");
  await app.page.getByLabel("Passphrase").fill(passphrase);
  await app.press("Open");
  await app.sees("Are you there?");
  await home.page.reload();
  await home.page.getByRole("heading", { name: "Settings" }).waitFor();

  // A language is chosen for every page of this device.
  await home.page.getByRole("radio", { name: "Deutsch" }).check({ force: true });
  await home.page.getByRole("heading", { name: "Einstellungen" }).waitFor();
  await app.page.reload();
  await app.page.locator("html[lang=de]").waitFor();
  await home.page.getByRole("radio", { name: "Wie der Browser" }).check({ force: true });
  await home.page.getByRole("heading", { name: "Settings" }).waitFor();
  await app.page.reload();
  await app.page.locator("html[lang=en]").waitFor();
  await home.go("/");
}

/** Chromium's own install: the app gets the name and the shortcut that its manifest gives, and keeps its address. */
async function keep(app, data) {
  const { page } = app;
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
  const { appId } = await session.send("Page.getAppId");
  assert.equal(appId, `${app.origin}/`);
  await session.send("PWA.install", { manifestId: appId, installUrlOrBundleUrl: `${app.origin}/` });
  const launchers = join(data, "applications");
  const names = (await readdir(launchers)).filter((name) => name.endsWith(".desktop"));
  assert.equal(names.length, 1, names.join());
  const entry = await readFile(join(launchers, names[0]), "utf8");
  const { name, shortcuts } = JSON.parse(await app.fetched("/manifest.webmanifest"));
  assert.ok(entry.includes(`Name=${name}`), entry);
  assert.ok(entry.includes("Actions=") && entry.includes(`Name=${shortcuts[0].name}`), entry);
  assert.doesNotMatch(entry, /#k=|bearer/u);
  await session.send("PWA.uninstall", { manifestId: appId });
}

await runSuite({ people: [alice, bob], pictures: PICTURES, folder }, async () => {
  await rm(PICTURES, { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
  const data = join(folder, "data");
  await Promise.all([alice.start(), bob.start()]);
  const home = await alice.openHome({ env: { ...process.env, HOME: folder, XDG_DATA_HOME: data } });
  await bringPeople(home);
  const app = await invite(home);
  await find(home);
  await makeRoom(home);
  await backUp(home);
  await switchApps(home, app);
  await arrange(home);
  await block(home, app);
  await lock(home, app);
  await keep(app, data);
  assert.deepEqual(alice.windows.flatMap(({ complaints }) => complaints), []);
});
console.log("People were brought, found, switched to, blocked and met again in a real browser, nothing wrong.");
