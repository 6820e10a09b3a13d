/**
 * Files on the real thing: two people, two agents, two browsers. Chosen, dropped, pasted; several at once; cancelled on the
 * way; received, saved, compared byte by byte; going on after either side was killed midway; and what a hostile name or body
 * can't do.
 *
 * `npm run test:files`; the binary is `KITH_BIN`.
 */

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LAUNCH } from "./browser.mjs";
import { png } from "../mock/png.mjs";
import { enterNamespace, isolated, Person } from "./people.mjs";

enterNamespace();

const PICTURES = fileURLToPath(new URL("../test-results/files", import.meta.url));
/** A microphone that beeps once a second. */
const FAKE_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"];
const LARGE = 512 * 1024 * 1024;
const FILM = 512 * 1024 * 1024;

const folder = await mkdtemp(join(tmpdir(), "kith-files-"));
const alice = new Person("Alice", folder);
const bob = new Person("Bob", folder);

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function look(window, name) {
  await window.inspect();
  await window.page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** A file on disk, and what it holds. */
async function made(name, bytes) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, name, bytes };
}

const card = ({ page }, name) => page.locator(".m .file").filter({ hasText: name }).last();

/** Puts files into the tray as the browser's own dialog does. */
async function choose({ page }, paths) {
  await page.locator(".comp input[type=file]").setInputFiles(paths);
  await page.locator(".tray .file").nth(paths.length - 1).waitFor();
}

async function send({ page }) {
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

async function say(window, text) {
  await window.page.locator("textarea").fill(text);
  await window.page.keyboard.press("Enter");
}

/** Saves a file by its card, and answers with its bytes and the name that it was given. */
async function saved(window, name) {
  const [download] = await Promise.all([
    window.page.waitForEvent("download"),
    card(window, name).getByRole("button", { name: "Save" }).click(),
  ]);
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), bytes };
}

async function pair() {
  await Promise.all([alice.start(), bob.start()]);
  const [{ code }] = await alice.kith("invite", "Bob");
  await bob.kith("accept", code, "--name", "Alice", "--wait", "20");
  const windows = [];
  for (const [person, other] of [[alice, "Bob"], [bob, "Alice"]]) {
    await person.openHome({ acceptDownloads: true, permissions: ["microphone"], args: [...LAUNCH.args, ...FAKE_MICROPHONE] });
    const [{ url }] = await person.kith("open", other);
    windows.push(await person.visit(url));
  }
  return windows;
}

/** Two files at once, with words: names and sizes before, the same bytes after. */
async function chooses(alices, bobs) {
  const files = [await made("survey.pdf", randomBytes(700_000)), await made("tide table.csv", randomBytes(1234))];
  await choose(alices, files.map((file) => file.path));
  await alices.sees("survey.pdf");
  await alices.sees("goes with your next message");
  await look(alices, "tray");
  await say(alices, "Both of them.");
  await card(alices, "survey.pdf").waitFor();
  await alices.page.locator(".tray").waitFor({ state: "detached" });
  await bobs.sees("Both of them.");
  for (const file of files) {
    await card(bobs, file.name).filter({ hasText: "Checked" }).waitFor();
    const got = await saved(bobs, file.name);
    assert.equal(got.name, file.name);
    assert.equal(hash(got.bytes), hash(file.bytes));
    // Who sent it can save it as well.
    assert.equal(hash((await saved(alices, file.name)).bytes), hash(file.bytes));
  }
  await look(bobs, "received");
}

/** Dropped on the page, and pasted into it. */
async function dropsAndPastes(alices, bobs) {
  for (const [kind, name] of [["drop", "dropped.bin"], ["paste", "pasted.bin"]]) {
    await alices.page.evaluate(
      ([kind, name]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(5000).fill(7)], name));
        const target = document.querySelector(".comp textarea");
        const init = { bubbles: true, cancelable: true };
        if (kind === "paste") return void target.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: data }));
        document.body.dispatchEvent(new DragEvent("dragover", { ...init, dataTransfer: data }));
        document.body.dispatchEvent(new DragEvent("drop", { ...init, dataTransfer: data }));
      },
      [kind, name],
    );
    await alices.page.locator(".tray .file").filter({ hasText: name }).waitFor();
    await send(alices);
    await card(bobs, name).filter({ hasText: "Checked" }).waitFor();
    assert.equal(hash((await saved(bobs, name)).bytes), hash(Buffer.alloc(5000, 7)));
  }
}

/** Sealed files on somebody's disk. */
async function blobs(person) {
  const sealed = join(folder, person.name, "home", "files");
  const entries = await readdir(sealed, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
}

/** Cancelled before and on the way: no message, and nothing on the disk. */
async function cancels(alices) {
  const before = await blobs(alice);
  const large = await made("unwanted.bin", Buffer.alloc(1 << 30));
  await choose(alices, [large.path]);
  await alices.press(isolated("Don’t send unwanted.bin"));
  await alices.page.locator(".tray").waitFor({ state: "detached" });
  await choose(alices, [large.path]);
  await send(alices);
  await alices.page.waitForFunction(() => (document.querySelector(".tray progress")?.value ?? 0) > 1e6);
  assert.ok((await blobs(alice)).some((name) => name.endsWith(".new")), "it is being sealed while it comes");
  await look(alices, "sealing");
  await alices.press(isolated("Don’t send unwanted.bin"));
  const deadline = Date.now() + 20_000;
  while ((await blobs(alice)).length > before.length && Date.now() < deadline) await new Promise(setImmediate);
  assert.deepEqual(await blobs(alice), before);
  assert.equal(await alices.page.locator(".m").filter({ hasText: "unwanted.bin" }).count(), 0);
  await rm(large.path);
}

/** Each side is killed while a large file is on its way; it comes whole nevertheless, and was not sent anew from the start. */
async function goesOn(alices, bobs) {
  const large = await made("large.bin", randomBytes(LARGE));
  await choose(alices, [large.path]);
  await send(alices);
  await card(bobs, "large.bin").getByRole("button", { name: "Get it" }).click();
  const have = () => card(bobs, "large.bin").locator("progress").evaluate((bar) => bar.value).catch(() => 0);
  for (const [person, window] of [[bob, bobs], [alice, alices]]) {
    const before = await have();
    await bobs.page.waitForFunction((before) => {
      const bars = [...document.querySelectorAll(".m .file progress")];
      return bars.some((bar) => bar.value > before + 8e6);
    }, before);
    await person.stop("SIGKILL");
    const [file] = person === bob ? [] : await bob.kith("files", "Alice");
    if (file !== undefined) assert.notEqual(file.file.state, "here", "the kill came midway");
    await person.start();
    await window.page.locator(".away").waitFor({ state: "detached" });
  }
  await card(bobs, "large.bin").filter({ hasText: "Checked" }).waitFor({ timeout: 120_000 });
  assert.equal(hash((await saved(bobs, "large.bin")).bytes), hash(large.bytes));
  await alices.sees("Bob has it");
  await rm(large.path);
}

/** What came is removed to free room, its message stays, and it comes again. */
async function frees(alices, bobs) {
  const file = await made("freed.bin", randomBytes(700_000));
  await choose(alices, [file.path]);
  await send(alices);
  const { page } = bobs;
  await card(bobs, file.name).filter({ hasText: "Checked" }).waitFor();
  const before = await blobs(bob);
  await page.locator(".m").filter({ hasText: file.name }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Remove from this device" }).click();
  await bobs.sees("Its message stays. You can ask for it again as long as Alice");
  await look(bobs, "free");
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await card(bobs, file.name).filter({ hasText: "Removed from this device" }).waitFor();
  assert.equal((await blobs(bob)).length, before.length - 1);
  await look(bobs, "freed");
  await card(bobs, file.name).getByRole("button", { name: "Ask again" }).click();
  await card(bobs, file.name).filter({ hasText: "Checked" }).waitFor();
  assert.equal(hash((await saved(bobs, file.name)).bytes), hash(file.bytes));
  assert.deepEqual(await blobs(bob), before);
}

/** Who gives a large file lets it stand still midway; the other side is told by name, and all of it comes in the end. */
async function standsStill(alices, bobs) {
  const file = await made("slow.bin", randomBytes(8));
  await truncate(file.path, LARGE);
  await choose(alices, [file.path]);
  await send(alices);
  const theirs = card(bobs, file.name);
  await theirs.getByRole("button", { name: "Get it" }).click({ timeout: 120_000 });
  await bobs.page.waitForFunction((name) => {
    const cards = [...document.querySelectorAll(".m .file")].filter((card) => card.textContent.includes(name));
    return cards.some((card) => (card.querySelector("progress")?.value ?? 0) > 8e6);
  }, file.name);
  await card(alices, file.name).getByRole("button", { name: "Pause" }).click();
  await card(alices, file.name).filter({ hasText: isolated("Paused. Bob gets the rest when you go on") }).waitFor();
  await theirs.filter({ hasText: isolated("Paused by Alice") }).waitFor();
  await look(alices, "paused");
  await look(bobs, "held");
  const have = await theirs.locator("progress").evaluate((bar) => bar.value);
  assert.ok(have > 8e6 && have < LARGE, String(have));
  await card(alices, file.name).getByRole("button", { name: "Go on" }).click();
  await theirs.filter({ hasText: "Checked" }).waitFor({ timeout: 120_000 });
  await card(alices, file.name).filter({ hasText: isolated("Bob has it") }).waitFor();
  await rm(file.path);
}

/** An own file that the other side has yet to get can't leave one's own sight alone, and nothing offers it. */
async function keepsWhatIsWanted(alices, bobs) {
  const file = await made("wanted.bin", randomBytes(8));
  await truncate(file.path, 20 * 1024 * 1024);
  await choose(alices, [file.path]);
  await send(alices);
  await card(bobs, file.name).getByRole("button", { name: "Get it" }).waitFor();
  await alices.page.locator(".m").filter({ hasText: file.name }).focus();
  await alices.page.keyboard.press("Delete");
  await alices.sees("Bob’s device has yet to get the file");
  assert.equal(await alices.page.getByRole("button", { name: "Delete here only" }).count(), 0);
  await alices.press("Keep");
  await rm(file.path);
}

/** Pictures are made small here, opened, and gone through by keyboard; one that would fill the memory is a card. */
async function looksAtPictures(alices, bobs) {
  const files = [
    await made("sea.png", png(1200, 800, [20, 90, 160])),
    await made("sand.png", png(300, 600, [220, 190, 120])),
    await made("bomb.png", png(12_000, 12_000, [90])),
  ];
  await choose(alices, files.map((file) => file.path));
  await say(alices, "Both from Sunday.");
  for (const window of [alices, bobs]) {
    const sea = window.page.locator(".m .pic").first();
    await sea.waitFor();
    await sea.scrollIntoViewIfNeeded();
    await window.page.waitForFunction(() => document.querySelector(".m .pic canvas").width === 832);
    const colour = await sea.locator("canvas").evaluate((canvas) => {
      const middle = [canvas.width >> 1, canvas.height >> 1, 1, 1];
      return [...canvas.getContext("2d").getImageData(...middle).data.slice(0, 3)];
    });
    [20, 90, 160].forEach((wanted, i) => assert.ok(Math.abs(colour[i] - wanted) < 9, String(colour)));
    await window.page.locator(".m").last().scrollIntoViewIfNeeded();
    await card(window, "bomb.png").waitFor();
    assert.equal(await window.page.locator(".m .pic").count(), 2);
  }
  await look(bobs, "pictures");
  const sea = bobs.page.getByRole("button", { name: isolated("Open the picture sea.png") });
  await sea.focus();
  await bobs.page.keyboard.press("Enter");
  const shown = bobs.page.locator(".viewer img");
  const wide = (width) => bobs.page.waitForFunction((width) => document.querySelector(".viewer img")?.naturalWidth === width, width);
  await wide(1200);
  await look(bobs, "viewer");
  await bobs.page.keyboard.press("ArrowRight");
  await wide(300);
  const [download] = await Promise.all([bobs.page.waitForEvent("download"), bobs.page.keyboard.press("s")]);
  assert.equal(hash(await readFile(await download.path())), hash(files[1].bytes));
  await bobs.page.keyboard.press("ArrowLeft");
  await wide(1200);
  await bobs.page.keyboard.press("Escape");
  await shown.waitFor({ state: "detached" });
  assert.equal(await sea.evaluate((button) => button === document.activeElement), true);
  await bobs.go("/files");
  await bobs.page.locator(".tiles .pic").nth(1).waitFor();
  await bobs.page.locator(".tiles .file").filter({ hasText: "bomb.png" }).waitFor();
  await look(bobs, "gallery");
  await bobs.go("/");
  await bobs.page.locator(".comp textarea").waitFor();
}

/** A voice note is recorded, sent, drawn, and played; one that is thrown away is no message. */
async function records(alices, bobs) {
  const notes = () => alices.page.locator(".m .voice").count();
  const before = await notes();
  await alices.press("Record a voice note");
  await alices.page.getByRole("button", { name: "Send the voice note" }).waitFor();
  await alices.page.keyboard.press("Escape");
  await alices.page.locator(".recorder").waitFor({ state: "detached" });
  await alices.press("Record a voice note");
  await alices.page.waitForFunction(() => document.querySelector(".recorder [role=timer]")?.textContent === "0:03");
  await look(alices, "recording");
  await alices.page.keyboard.press("Enter");
  const [own, theirs] = [alices, bobs].map(({ page }) => page.locator(".m .voice").last());
  await own.waitFor();
  await theirs.waitFor();
  assert.equal(await notes(), before + 1);
  // The browser's own microphone beeps once a second: not every bar is alike.
  const heights = await theirs.locator("rect").evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute("height"))));
  assert.ok(Math.max(...heights) > 2 * Math.min(...heights), String(heights));
  await theirs.getByRole("button", { name: isolated("Play Voice note, 0:03") }).click();
  await theirs.getByRole("button", { name: isolated("Pause Voice note") }).waitFor();
  await bobs.page.waitForFunction(() => document.querySelectorAll(".m .voice rect.p").length > 3);
  await look(bobs, "playing");
}

/** A film plays while most of it is still on its way, and from a place that nothing was asked for yet. */
async function watches(alices, bobs) {
  const film = await alices.page.evaluate(async () => {
    // Noise, which no codec makes small: a player has what it needs long before it has read all of it.
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 360];
    const context = canvas.getContext("2d");
    const options = { mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 40_000_000 };
    const recorder = new MediaRecorder(canvas.captureStream(10), options);
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    for (let n = 0; n < 30; n += 1) {
      const noise = context.createImageData(640, 360);
      for (let at = 0; at < noise.data.length; at += 65_536) crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
      context.putImageData(noise, 0, 0);
      await new Promise((next) => setTimeout(next, 100));
    }
    await new Promise((done) => {
      recorder.onstop = done;
      recorder.stop();
    });
    const reader = new FileReader();
    reader.readAsDataURL(new Blob(parts));
    await new Promise((done) => (reader.onload = done));
    return reader.result.replace(/^.*,/u, "");
  });
  const begins = Buffer.from(film, "base64");
  assert.ok(begins.length > 4e6, `${begins.length} bytes of film`);
  // Behind it there is much that is no film: its beginning plays long before its end is here.
  const whole = await made("regatta.webm", begins);
  await truncate(whole.path, FILM);
  await choose(alices, [whole.path]);
  await send(alices);
  await card(bobs, "regatta.webm").getByRole("button", { name: "Watch it while it comes" }).click({ timeout: 120_000 });
  const video = bobs.page.locator("video.film");
  // Both at one moment: a picture of it, and a bar that is not full.
  await bobs.page.waitForFunction(() => {
    const bar = document.querySelector(".m .file progress");
    return bar !== null && bar.value < bar.max && (document.querySelector("video.film")?.readyState ?? 0) >= 2;
  });
  await video.evaluate((element) => element.play());
  await bobs.page.waitForFunction(() => document.querySelector("video.film").currentTime > 0.5);
  await look(bobs, "film");
  await card(bobs, "regatta.webm").filter({ hasText: "Checked" }).waitFor({ timeout: 120_000 });
  await rm(whole.path);
}

/** Names that are paths, and files that would act if they were shown. */
async function survives(alices, bobs) {
  const acts = '<svg xmlns="http://www.w3.org/2000/svg" onload="parent.hit=1"><script>hit=1</script></svg>';
  for (const [name, body] of [
    ["drawing.svg", acts],
    ["page.html", "<script>document.title='hit'</script>"],
    ["photo.png", acts],
    ["..\\..\\x\u202egnp.exe", "MZ"],
  ]) {
    await alices.page.evaluate(
      ([name, body]) => {
        const data = new DataTransfer();
        data.items.add(new File([body], name));
        document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
      },
      [name, body],
    );
    await alices.page.locator(".tray .file").waitFor();
    await send(alices);
    await alices.page.locator(".tray").waitFor({ state: "detached" });
  }
  const deadline = Date.now() + 20_000;
  const listed = async () => (await bob.kith("files", "Alice")).filter(({ file }) => file.state === "here").slice(0, 4);
  let files = await listed();
  while (!files.some(({ file }) => /exe/u.test(file.name)) && Date.now() < deadline) files = await listed();
  const addresses = await bobs.page.evaluate(async (events) => {
    const bearer = localStorage.getItem("kith-bearer");
    const headers = { authorization: `Bearer ${bearer}` };
    const made = events.map(async (event) => {
      const answer = await fetch(`/api/files/${event}/ticket`, { method: "POST", headers });
      const address = `/api/files/${event}?t=${(await answer.json()).ticket}`;
      const file = await fetch(address);
      const of = (name) => file.headers.get(name);
      return { address, kind: of("content-type"), placed: of("content-disposition"), policy: of("content-security-policy") };
    });
    return Promise.all(made);
  }, files.map(({ event }) => event));
  for (const { kind, placed, policy } of addresses) {
    assert.match(policy, /sandbox$/u);
    assert.doesNotMatch(placed, /[/\\]|%2F|%5C|%E2%80%AE/u);
    if (kind !== "image/png") assert.match(placed, /^attachment/u);
    assert.ok(["image/png", "application/octet-stream"].includes(kind), kind);
  }
  // Another origin of the same agent, which has a bearer of its own, gets nothing by an address that it learned.
  const [{ url }] = await bob.kith("open");
  const home = await bob.visit(url);
  await home.page.locator("main").first().waitFor();
  const stolen = await home.page.evaluate(async (paths) => {
    const bearer = localStorage.getItem("kith-bearer");
    const headers = { authorization: `Bearer ${bearer}` };
    const tried = paths.map(async (path) => [(await fetch(path)).status, (await fetch(path.replace(/\?.*/u, "/ticket"), { method: "POST", headers })).status]);
    return Promise.all(tried);
  }, addresses.map(({ address }) => address));
  for (const statuses of stolen) assert.deepEqual(statuses, [403, 403]);
  home.complaints.length = 0;
  const address = new URL(addresses[0].address, bobs.origin).href;
  const outcome = await home.page.evaluate((url) => fetch(url).then(() => "reached", () => "blocked"), address);
  assert.equal(outcome, "blocked");
  home.complaints.length = 0;
  await home.page.close();
}

await mkdir(PICTURES, { recursive: true });
try {
  const [alices, bobs] = await pair();
  const parts = { chooses, dropsAndPastes, looksAtPictures, records, watches, cancels, survives, frees, keepsWhatIsWanted, standsStill, goesOn };
  for (const [name, part] of Object.entries(parts)) {
    const only = process.env.ONLY;
    if (only !== undefined && !only.split(",").includes(name)) continue;
    await part(alices, bobs).catch(async (error) => {
      await look(alices, "failed-alice");
      await look(bobs, "failed-bob");
      console.log([...alices.complaints, ...bobs.complaints].slice(0, 8));
      throw error;
    });
    console.log(`ok ${name}`);
  }
  const complaints = [...alice.windows, ...bob.windows].flatMap((window) => window.complaints);
  assert.deepEqual(complaints, []);
} finally {
  await Promise.all([alice, bob].map((person) => person.closeBrowser()));
  await Promise.all([alice, bob].map((person) => person.stop("SIGTERM")));
  await rm(folder, { recursive: true });
}
