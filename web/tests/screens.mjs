/**
 * Every screen in a real browser, out of the mock agent: looked at in both sizes and schemes, and held against axe.
 *
 * `npm test` looks at every screen in one variant, taken in turn; `-- --all` at each in every variant, `-- --variant NAME` at
 * each in one, `-- --shots DIR` writes the pictures too.
 * A screen fails on an axe violation, a breach of the content policy, an error in the page, or a horizontal scroll bar.
 */

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startAgent } from "../mock/agent.mjs";
import { NOW } from "../mock/data.mjs";
import { LAUNCH, violations } from "./browser.mjs";
import { speaking } from "./languages.mjs";
import { compareMarks } from "./marks.mjs";

const shots = process.argv.includes("--shots") ? process.argv[process.argv.indexOf("--shots") + 1] : null;
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : "";
const onlyVariant = process.argv.includes("--variant") ? process.argv[process.argv.indexOf("--variant") + 1] : "";
const all = onlyVariant !== "" || only !== "" || process.argv.includes("--all");
/** A screen that is not there by then is missing. */
const DEADLINE_MS = 10_000;
/** Screens looked at side by side. */
const AT_ONCE = 3;
const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 }, narrow: { width: 360, height: 740 } };

const dialog = (page) => page.waitForSelector("dialog[open]");

/** Opens the emoji at the newest message of theirs, and finds the one sailing boat among them. */
async function findBoat(page) {
  const word = { en: "sail", de: "segel", ar: "إبحار" }[await page.evaluate(() => document.documentElement.lang)];
  await page.locator(".m.they").last().focus();
  await page.keyboard.press("+");
  await page.getByRole("searchbox", { name: "Find an emoji" }).fill(word);
  await page.waitForFunction(() => document.querySelectorAll(".emos .emo").length === 1);
}

/** The switch that says whether the desktop's keyring opens this home. */
const KEPT = "[aria-labelledby=set-keyring][aria-checked=true]";

/** Turns that switch, gives a passphrase that the mock agent goes by, and brings what comes of it into view. */
const keyring = (passphrase, seen) => async (page) => {
  await page.getByRole("switch", { name: "Start without asking" }).click();
  if (passphrase !== null) {
    await page.getByLabel("The passphrase in force").fill(passphrase);
    await page.locator("dialog .btn.main").click();
  }
  await page.locator(seen).scrollIntoViewIfNeeded();
};

/** Asks for a backup under a passphrase, which the mock agent goes by. */
async function askBackup(page, passphrase) {
  await page.getByLabel("A passphrase for the backup").fill(passphrase);
  await page.getByLabel("Once more").fill(passphrase);
  await page.getByRole("button", { name: "Make the backup" }).click();
}

/** Name, scene, fragment, what to wait for, and what to do before looking. */
const SCREENS = [
  ["home", "home-x", "/", ".person"],
  ["home-empty", "home-empty", "/", ".empty"],
  [
    "home-search",
    "home-x",
    "/",
    ".person",
    async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("lift");
      await page.waitForFunction(() => document.querySelectorAll(".people .hit").length === 2);
      await page.getByText("Nobody here has that name.").waitFor();
      await page.locator("input[type=search]").fill("okaf");
      await page.waitForFunction(() => document.querySelectorAll(".people .person").length === 1);
      await page.locator("input[type=search]").fill("lift");
      await page.waitForFunction(() => document.querySelectorAll(".people .hit").length === 2);
    },
  ],
  [
    "import",
    "home-x",
    "/import",
    ".filedrop",
    async (page) => {
      await page.locator("input[type=file]").setInputFiles({ name: "a.vcf", mimeType: "text/vcard", buffer: Buffer.alloc(2_000_000) });
      // All of them at once, then five people.
      await page.locator(".pick").nth(5).waitFor();
      await page.locator(".pick input").nth(2).click();
      assert.equal(await page.locator(".pick input:checked").count(), 1);
      assert.equal(await page.locator(".pick input:disabled").count(), 1);
    },
  ],
  [
    "import-saved",
    "home-x",
    "/import",
    ".filedrop",
    async (page) => {
      await page.locator("input[type=file]").setInputFiles({ name: "a.vcf", mimeType: "text/vcard", buffer: Buffer.alloc(10) });
      await page.locator(".pick").nth(5).waitFor();
      await page.locator("form .btn.main").click();
      await page.getByRole("link", { name: /Solveig Dahl/u }).waitFor();
    },
  ],
  ["home-found", "home-found", "/", ".req"],
  ["home-saved", "home-saved", "/", ".person"],
  ["saved", "home-saved", "/add/solveig", ".stages"],
  [
    "home-archived",
    "home-x",
    "/archived",
    ".person",
    async (page) => page.getByRole("heading", { name: "Archived" }).waitFor({ state: "attached" }),
  ],
  ["home-blocked", "home-x", "/blocked", ".person"],
  [
    "home-place",
    "home-x",
    "/",
    ".person",
    async (page) => {
      await page.locator(".person").nth(2).focus();
      await page.keyboard.press("m");
      await dialog(page);
      await page.getByRole("button", { name: "8 hours" }).click();
      await page.getByText(/^Until/u).waitFor();
      await page.getByRole("switch", { name: "Pinned" }).click();
      await page.waitForFunction(() => document.querySelectorAll(".people")[0].querySelectorAll(".person").length === 3);
    },
  ],
  [
    "home-switch",
    "home-x",
    "/",
    ".person",
    async (page) => {
      await page.keyboard.press("Control+k");
      await dialog(page);
      await page.keyboard.type("a");
      await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 2);
      await page.keyboard.press("ArrowDown");
      await page.waitForFunction(() => document.querySelectorAll("[role=option]")[1].ariaSelected === "true");
    },
  ],
  ["app-blocked", "mira-blocked", "/", ".hero h1"],
  [
    "keys",
    "home-x",
    "/",
    ".person",
    async (page) => {
      await page.keyboard.press("?");
      await dialog(page);
    },
  ],
  ["invite", "home-x", "/add", "form"],
  ["code", "home-x", "/add/ilse", ".code"],
  ["failed", "home-failed", "/add/ilse", ".stages"],
  ["answer", "home-x", "/answer", "form"],
  [
    "answer-wrong",
    "home-x",
    "/answer",
    "form",
    async (page) => {
      await page.locator("input.digits").fill("482913");
      const words = ["goldfish", "trombonist", "rocker", "zulu"];
      for (const [i, word] of words.entries()) await page.locator(".cells input").nth(i).fill(word);
      await page.getByLabel("What you call this person").fill("Mira");
      await page.getByRole("button", { name: "Make our app" }).click();
      await page.getByText("That didn't match.").waitFor();
    },
  ],
  [
    "answer-looking",
    "home-x",
    "/answer",
    "form",
    async (page) => {
      await page.locator("input.digits").fill("482913");
      const words = ["goldfish", "trombonist", "rocker", "whimsical"];
      for (const [i, word] of words.entries()) await page.locator(".cells input").nth(i).fill(word);
      await page.getByLabel("What you call this person").fill("Mira");
      await page.getByRole("button", { name: "Make our app" }).click();
      await page.getByRole("button", { name: "Stop looking" }).waitFor();
    },
  ],
  [
    "answer-spelling",
    "home-x",
    "/answer",
    "form",
    async (page) => {
      await page.locator(".cells input").nth(3).fill("wimsical");
      await page.getByRole("button", { name: /^Use .*whimsical/ }).waitFor();
    },
  ],
  ["answer-link", "home-x", "/answer", "form", (page) => page.getByRole("button", { name: "Use a link" }).click()],
  ["settings", "home-x", "/settings", ".set"],
  ["words", "home-x", "/words", ".seed"],
  ["words-check", "home-x", "/words", ".seed", (page) => page.getByRole("button", { name: "I have written" }).click()],
  ["words-done", "home-failed", "/words", "h1"],
  ["app", "mira-x", "/", ".m"],
  ["app-waiting", "mira-waiting", "/", ".m"],
  [
    "app-waiting-tried",
    "mira-waiting",
    "/",
    ".m",
    async (page) => {
      await page.getByRole("button", { name: "Try now" }).last().click();
      await page.getByText(/is still out of reach/u).waitFor();
    },
  ],
  ["app-answered", "mira-answered", "/", ".m"],
  ["app-new", "mira-new", "/", ".hero"],
  [
    "app-long",
    "mira-long",
    "/",
    ".m",
    async (page) => {
      await page.locator(".log").evaluate((log) => (log.scrollTop = 0));
      await page.waitForFunction(() => document.querySelectorAll(".m").length > 60);
      await page.getByRole("button", { name: "Jump to latest" }).waitFor();
    },
  ],
  [
    "app-not-saved",
    "mira-waiting",
    "/",
    ".m",
    async (page) => {
      await page.locator("textarea").fill("full");
      await page.keyboard.press("Enter");
      await page.getByText("Not saved").waitFor();
    },
  ],
  [
    "app-focus",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator(".m[tabindex='0']").focus();
      for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowUp");
    },
  ],
  [
    "app-delete",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator(".m.me").last().hover();
      await page.locator(".m.me .dots").last().click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await dialog(page);
    },
  ],
  [
    "app-deleted",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator(".m.me").last().focus();
      await page.keyboard.press("Delete");
      await page.getByText("A sealed copy has left.").waitFor();
      await page.locator("dialog").getByRole("button", { name: "Delete" }).click();
      await page.getByText("it is withdrawn wherever it was not opened").waitFor();
    },
  ],
  [
    "app-editing",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator("textarea").fill("a draft");
      await page.locator(".m.me").last().focus();
      await page.keyboard.press("e");
      await page.getByText("You are editing a message").waitFor();
      assert.equal(await page.locator("textarea").inputValue(), "Then I’ll ask about the mast step while we are there.");
    },
  ],
  [
    "app-edited",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator("textarea").fill("a draft");
      await page.locator(".m.me").last().focus();
      await page.keyboard.press("e");
      await page.getByText("You are editing a message").waitFor();
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.querySelector("textarea").value === "a draft");
      await page.locator(".m.me").last().focus();
      await page.keyboard.press("e");
      await page.getByText("You are editing a message").waitFor();
      await page.locator("textarea").fill("Then I’ll ask about the mast.");
      await page.keyboard.press("Enter");
      await page.locator(".m.me", { hasText: "Then I’ll ask about the mast." }).getByText("Edited").waitFor();
      assert.equal(await page.locator("textarea").inputValue(), "a draft");
    },
  ],
  ["forward", "home-x", "/forward", ".forwarded", (page) => page.keyboard.type("a")],
  [
    "app-find",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator(".log").focus();
      await page.keyboard.press("f");
      await page.keyboard.type("e");
      await page.locator(".found .hit-row").first().waitFor();
    },
  ],
  [
    "app-found",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator(".bar button").first().click();
      await page.locator(".find input").fill("e");
      await page.locator(".found .hit-row").first().waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".m.hit").waitFor();
      await page.locator(".find input").fill("zzz");
      await page.locator(".find p[role=status]").waitFor();
      await page.locator(".find input").fill("e");
      await page.locator(".found .hit-row").first().waitFor();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await page.locator(".m.hit").waitFor();
    },
  ],
  [
    "app-delete-here",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator(".m.they").last().focus();
      await page.keyboard.press("Delete");
      await dialog(page);
    },
  ],
  [
    "app-menu",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      const last = page.locator(".m.me").last();
      await last.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menu").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "👍");
      for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.activeElement.matches(".m.me"));
      await last.click({ button: "right" });
      await page.getByRole("menuitem", { name: "Reply" }).click();
      await page.getByText("Replying to yourself").waitFor();
      assert.ok(await page.locator("textarea").evaluate((field) => field === document.activeElement));
      await page.keyboard.press("Escape");
      await last.click({ button: "right" });
      await page.getByRole("menuitemcheckbox", { name: "❤️" }).click();
      await last.locator("button.re").click();
      await last.click({ button: "right" });
      await page.getByRole("menuitem", { name: "Reply" }).waitFor();
    },
  ],
  [
    "app-emoji",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await findBoat(page);
      await page.getByRole("searchbox", { name: "Find an emoji" }).fill("");
    },
  ],
  [
    "app-reacted",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await findBoat(page);
      await page.keyboard.press("Enter");
      await page.locator(".m.they").last().locator("button.re").waitFor();
      await page.locator("button.quote", { hasText: "Low tide" }).click();
      await page.waitForFunction(() => document.querySelector(".m.hit")?.textContent.includes("Low tide"));
    },
  ],
  [
    "app-answering",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.locator(".m.they").last().focus();
      await page.keyboard.press("r");
      await page.getByText(/Replying to .Mira/u).waitFor();
      assert.ok(await page.locator("textarea").evaluate((field) => field === document.activeElement));
      await page.keyboard.type("It was, all along.");
      await page.keyboard.press("Enter");
      await page.locator(".m.me .quote", { hasText: /Replies to\s*Mira/u }).last().waitFor();
      // The message may be told before the call that sent it is answered.
      await page.locator(".answering").waitFor({ state: "detached" });
      await page.locator(".m.they").last().focus();
      await page.keyboard.press("r");
      await page.getByText(/Replying to .Mira/u).waitFor();
    },
  ],
  [
    "app-links",
    "mira-links",
    "/",
    ".m",
    async (page) => {
      const links = await page.locator(".b a").evaluateAll((all) =>
        all.map((a) => [a.textContent, a.href, a.rel, a.target, a.nextElementSibling?.textContent.replace(/[\u2068\u2069]/gu, "") ?? ""]),
      );
      const link = (text, href = text, leads = "") => [text, href, "noopener noreferrer", "_blank", leads];
      assert.deepEqual(links, [
        link("https://example.org/a_(b)?c=d#e", undefined, "https://example.org/f"),
        link("https://example.org/f"),
        link("mailto:mira@example.org"),
        link("https://bank.example@evil.example/login", undefined, "(leads to evil.example)"),
        link("https://ex\u0430mple.org/", "https://xn--exmple-4nf.org/", "(leads to xn--exmple-4nf.org)"),
        link("https://example.org/"),
      ]);
      assert.equal(await page.locator(".b p").last().textContent(), "no link at all\nin two lines");
    },
  ],
  [
    "app-old-other",
    "mira-old",
    "/",
    ".m",
    async (page) => {
      await page.locator(".m.me").last().focus();
      await page.keyboard.press("+");
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: "Reply" }).waitFor();
      assert.equal(await page.getByRole("menuitem", { name: "Edit" }).count(), 0);
      assert.equal(await page.locator(".emo").count(), 0);
      // Their app takes no files: nothing offers to send one, whole or spoken.
      assert.equal(await page.getByRole("button", { name: "Add a file" }).count(), 0);
      assert.equal(await page.getByRole("button", { name: "Record a voice note" }).count(), 0);
    },
  ],
  [
    "app-notices",
    "mira-noticed",
    "/",
    ".m",
    async (page) => {
      await page.getByText(/has a new device. .*3.* waiting messages go to it too/u).waitFor();
      await page.getByText(/messages wait for your word/u).waitFor();
    },
  ],
  ["app-files", "mira-files", "/", ".file progress"],
  ["app-files-still", "mira-still", "/", ".file progress"],
  [
    "app-tray",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      const names = ["harbour-survey.pdf", "a-name-that-is-far-too-long-to-be-shown-in-one-line-of-a-tray.tar.gz"];
      await page.locator(".comp input[type=file]").setInputFiles(names.map((name) => ({ name, mimeType: "", buffer: Buffer.alloc(70_000) })));
      await page.locator(".tray .file").nth(1).waitFor();
      await page.locator("textarea").fill("Both of them");
    },
  ],
  [
    "app-recorder",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.context().grantPermissions(["microphone"]);
      await page.getByRole("button", { name: "Record a voice note" }).click();
      await page.getByRole("button", { name: "Send the voice note" }).waitFor();
    },
  ],
  [
    "app-recorder-denied",
    "mira-x",
    "/",
    ".m",
    async (page) => {
      await page.evaluate(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error("denied"))));
      await page.getByRole("button", { name: "Record a voice note" }).click();
      await page.locator(".recorder [role=alert]").waitFor();
    },
  ],
  [
    "app-viewer",
    "mira-gallery",
    "/",
    ".m .pic",
    async (page) => {
      await page.locator(".m .pic").last().click();
      await page.locator(".viewer img").waitFor();
    },
  ],
  ["gallery", "mira-gallery", "/files", ".tiles .pic"],
  [
    "app-free",
    "mira-gallery",
    "/",
    ".m .pic",
    async (page) => {
      await page.locator(".m.they").last().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: "Remove from this device" }).click();
      await dialog(page);
    },
  ],
  ["storage", "home-x", "/storage", ".kept .set"],
  [
    "storage-free",
    "home-x",
    "/storage",
    ".kept .set",
    async (page) => {
      await page.getByRole("button", { name: /^Free room of/u }).first().click();
      await dialog(page);
    },
  ],
  ["app-making", "ilse-x", "/", ".stages"],
  ["about", "mira-x", "/about", ".facts"],
  [
    "rename",
    "mira-x",
    "/about",
    ".facts",
    async (page) => {
      await page.getByRole("button", { name: "Rename" }).click();
      await dialog(page);
    },
  ],
  [
    "remove",
    "mira-x",
    "/about",
    ".facts",
    async (page) => {
      await page.getByRole("button", { name: "Remove this app" }).click();
      await dialog(page);
    },
  ],
  ["app-renewed", "mira-renewed", "/", ".held"],
  [
    "app-resend",
    "mira-renewed",
    "/",
    ".held",
    async (page) => {
      await page.getByRole("button", { name: "Send to the new keys" }).click();
      await dialog(page);
      await page.getByText("Nothing proves yet that the new keys").waitFor();
    },
  ],
  [
    "app-resent",
    "mira-renewed",
    "/",
    ".held",
    async (page) => {
      await page.getByRole("button", { name: "Send to the new keys" }).click();
      await page.getByRole("button", { name: /^Send .*2.* messages$/ }).click();
      await page.waitForFunction(() => document.querySelector(".held") === null);
      await page.getByText("I’ll bring the thermos.").waitFor();
    },
  ],
  ["app-retired", "mira-retired", "/", ".held"],
  ["app-restored", "mira-restored", "/", ".held"],
  ["safety-restored", "mira-restored", "/safety", ".two"],
  ["about-renewed", "mira-renewed", "/about", ".facts"],
  [
    "app-pinned",
    "mira-timed",
    "/",
    ".pins",
    async (page) => {
      const bar = page.locator(".pinned");
      const first = await bar.innerText();
      await bar.click();
      await page.waitForFunction((text) => document.querySelector(".pinned").innerText !== text, first);
      await page.locator(".m.hit").waitFor();
      const own = page.locator(".m.me", { hasText: "Found it." });
      await own.focus();
      assert.equal(await own.locator(".meta.more span").count(), 2, "its time, and when it disappears");
    },
  ],
  [
    "about-timed",
    "mira-timed",
    "/about",
    ".choice",
    async (page) => {
      const said = page.locator("#timer + p");
      const before = await said.innerText();
      await page.getByRole("radio", { name: "Stay", exact: true }).press("Space");
      await page.waitForFunction((text) => document.querySelector("#timer + p").innerText !== text, before);
      await page.getByRole("radio", { name: "Stay", exact: true }).scrollIntoViewIfNeeded();
    },
  ],
  ["again", "mira-renewed", "/again", "form"],
  ["again-code", "mira-again", "/again", ".code"],
  ["safety", "mira-waiting", "/safety", ".sn"],
  [
    "safety-differ",
    "mira-waiting",
    "/safety",
    ".sn",
    async (page) => {
      await page.getByRole("button", { name: "They differ" }).click();
      await dialog(page);
    },
  ],
  ["home-away", "home-away", "/", ".away"],
  ["app-away", "mira-away", "/", ".away"],
  ["refused", "home-x", null, ".hero"],
  ["locked", "home-locked", "/", ".hero form, form.hero"],
  ["crashed", "mira-crash", "/", "[role=alert]"],
  ["backup", "home-x", "/backup", "form"],
  [
    "backup-refused",
    "home-x",
    "/backup",
    "form",
    async (page) => {
      // A page that is older than its agent has no sentence for these words, and says the agent's own.
      await askBackup(page, "older page");
      await page.getByText("in the agent's words").waitFor();
      await askBackup(page, "too short");
      await page.locator("form").getByText("This passphrase needs").waitFor();
    },
  ],
  [
    "backup-going",
    "home-x",
    "/backup",
    "form",
    async (page) => {
      await askBackup(page, "four words or five");
      await page.locator("progress").waitFor();
    },
  ],
  [
    "backup-stopped",
    "home-x",
    "/backup",
    "form",
    async (page) => {
      await askBackup(page, "four words or five");
      await page.getByRole("button", { name: "Stop it" }).click();
      await page.locator("form .warn").waitFor();
    },
  ],
  [
    "backup-unfetched",
    "home-x",
    "/backup",
    "form",
    async (page) => {
      await askBackup(page, "a browser that refuses");
      await page.locator("form").getByText("The browser did not fetch the backup.").waitFor();
    },
  ],
  [
    "backup-done",
    "home-x",
    "/backup",
    "form",
    async (page) => {
      await askBackup(page, "the whole of it, please");
      await page.locator("kbd").waitFor();
    },
  ],
  ["settings-lock", "home-lockable", "/settings", ".choice"],
  ["settings-keyring", "home-lockable", "/settings", ".choice", keyring("right", KEPT)],
  ["settings-keyring-ask", "home-lockable", "/settings", ".choice", keyring("locked", "dialog .warn")],
  ["settings-keyring-forget", "home-kept", "/settings", ".choice", keyring(null, "dialog[open]")],
  [
    "settings-keyring-lost",
    "home-kept",
    "/settings",
    ".choice",
    async (page) => {
      await page.locator(`.set:has(+ .set ${KEPT}) .btn:not(.text)`).last().click();
      await page.getByLabel("The passphrase in force").fill("right");
      await page.getByLabel("The new passphrase").fill("unkept words");
      await page.getByLabel("Once more").fill("unkept words");
      await page.locator("dialog .btn.main").click();
      await page.locator(`:root:not(:has(${KEPT})) .warn`).scrollIntoViewIfNeeded();
    },
  ],
  [
    "settings-passphrase",
    "home-x",
    "/settings",
    ".choice",
    async (page) => {
      await page.getByRole("switch", { name: "Lock" }).click();
      await dialog(page);
    },
  ],
];

const VARIANTS = [
  { name: "light", size: "desk" },
  { name: "light", size: "phone" },
  { name: "dark", size: "desk" },
  { name: "dark", size: "phone" },
  { name: "contrast", size: "desk" },
  { name: "forced", size: "phone" },
  { name: "large", size: "phone" },
  { name: "ar", size: "desk" },
  { name: "ar", size: "phone" },
  { name: "de", size: "narrow" },
];

/** Opens a screen, and answers with what is wrong with it. */
async function look(browser, port, [name, scene, fragment, wait, act], variant) {
  const context = await browser.newContext({
    viewport: SIZES[variant.size],
    colorScheme: variant.name === "dark" ? "dark" : "light",
    contrast: variant.name === "contrast" ? "more" : "no-preference",
    forcedColors: variant.name === "forced" ? "active" : "none",
    reducedMotion: "reduce",
    locale: ["ar", "de"].includes(variant.name) ? variant.name : "en-GB",
  });
  const window = await context.newPage();
  const page = ["ar", "de"].includes(variant.name) ? speaking(window, variant.name) : window;
  page.setDefaultTimeout(DEADLINE_MS);
  const wrong = [];
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && wrong.push(line.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  // Twice the text, as a person sets it in the browser.
  if (variant.name === "large") {
    const session = await context.newCDPSession(window);
    await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  }
  await page.clock.setFixedTime(NOW);
  const origin = `http://${scene}.localhost:${port}/`;
  try {
    await page.goto(fragment === null ? origin : `${origin}#k=any`);
    await page.waitForSelector(fragment === null ? wait : ".side, .app, .page, .hero");
    if (fragment !== null) await page.evaluate((to) => (location.hash = `#${to}`), fragment);
    await page.waitForSelector(wait);
    await act?.(page);
    wrong.push(...(await violations(page)));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) wrong.push(`scrolls sideways by ${overflow}`);
    if (shots !== null) await page.screenshot({ path: join(shots, `${name}-${variant.size}-${variant.name}.png`) });
  } catch (error) {
    wrong.push(String(error));
  }
  await context.close();
  return wrong;
}

const agent = await startAgent();
/** A microphone that beeps once a second. */
const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const browser = await chromium.launch({ ...LAUNCH, args: [...LAUNCH.args, ...MICROPHONE] });
const marks = await compareMarks(browser);
if (shots !== null) await mkdir(shots, { recursive: true });
const queue = SCREENS.flatMap((screen, turn) =>
  (all ? VARIANTS : [VARIANTS[turn % VARIANTS.length]]).map((variant) => ({ screen, variant })),
).filter((one) => (only === "" || one.screen[0] === only) && (onlyVariant === "" || one.variant.name === onlyVariant));
const looked = queue.length;
const failures = [];

async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { screen, variant } = next;
    const wrong = await look(browser, agent.port, screen, variant);
    failures.push(...wrong.map((what) => `${screen[0]} ${variant.size} ${variant.name}: ${what}`));
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
await agent.close();
assert.deepEqual(failures, []);
console.log(`${marks} marks and ${looked} screens, nothing wrong.`);
