/**
 * People for tests on the real thing: each has an agent (the binary `KITH_BIN`), a browser profile, and windows in it.
 *
 * All of it runs in a network namespace of its own, in which there is only loopback, so that nothing is said outside
 * and nobody else's agent is met.
 */

import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { LAUNCH, violations } from "./browser.mjs";

const INSIDE = "KITH_TEST_INSIDE";
/** Brings loopback up with multicast, by which agents find each other, and goes on as the command that follows. */
const LOOPBACK =
  'ip link set lo up && ip link set lo multicast on && ip route add 224.0.0.0/4 dev lo && exec "$0" "$@"';
/** What is not there by then is missing; presence may take fifteen seconds. */
const DEADLINE_MS = 20_000;
/** What a browser says of a socket to an agent that is stopped, as some here are. Everything else counts. */
const AGENT_AWAY = /^WebSocket connection to 'ws:.* failed: .*ERR_(CONNECTION_REFUSED|CONNECTION_RESET)/u;

/** Starts this program again inside a namespace, unless it is there already. */
export function enterNamespace() {
  if (process.env[INSIDE] !== undefined) return;
  const program = [process.execPath, ...process.argv.slice(1)];
  const inside = spawnSync("unshare", ["-Urnm", "sh", "-c", LOOPBACK, ...program], {
    stdio: "inherit",
    env: { ...process.env, [INSIDE]: "1" },
  });
  if (inside.error !== undefined) throw inside.error;
  process.exit(inside.status ?? 1);
}

export class Person {
  #folder;
  #at;
  #agent = null;
  #browser = null;
  windows = [];

  constructor(name, folder, home = join(folder, name, "home")) {
    this.name = name;
    this.#folder = join(folder, name);
    this.#at = home;
  }

  /** Starts the agent, and waits until it is ready. */
  async start(...besides) {
    const args = ["run", "--no-open", "--json", "--name", this.name, ...besides, ...this.#home];
    // Nothing is announced on the desktop of whoever runs the tests.
    const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: "disabled:" };
    const agent = spawn(binary(), args, { env, stdio: ["ignore", "pipe", "inherit"] });
    this.#agent = agent;
    const [line] = await once(createInterface(agent.stdout), "line");
    assert.equal(JSON.parse(line).ready, true);
  }

  /** Ends the agent: SIGTERM asks, SIGKILL does not. */
  async stop(signal) {
    const agent = this.#agent;
    if (agent === null) return;
    this.#agent = null;
    const ended = once(agent, "exit");
    agent.kill(signal);
    await ended;
  }

  /** A command of the command line; answers with the objects it prints. */
  async kith(...args) {
    const { stdout } = await promisify(execFile)(binary(), [...args, "--json", ...this.#home]);
    return stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  }

  /** Opens the home in a fresh profile, by its one-time address. */
  async openHome(options) {
    this.#browser = await chromium.launchPersistentContext(this.profile, {
      ...LAUNCH,
      reducedMotion: "reduce",
      locale: "en-GB",
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    const window = this.#watch(this.#browser.pages()[0] ?? (await this.#browser.newPage()));
    const [{ url }] = await this.kith("open");
    await window.page.goto(url);
    return window;
  }

  /** Opens an address by hand, as one would type it. */
  async visit(url) {
    const window = this.#watch(await this.#browser.newPage());
    await window.page.goto(url);
    return window;
  }

  /** Does something that opens a window, and answers with that window. */
  async opened(act) {
    const [page] = await Promise.all([this.#browser.waitForEvent("page"), act()]);
    return this.#watch(page);
  }

  async closeBrowser() {
    await this.#browser?.close();
    this.#browser = null;
  }

  /** The files of the browser profile in which a text stands, in the encodings that browsers store. */
  async profileFilesWith(text) {
    const needles = [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")];
    const entries = await readdir(this.profile, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(files.length > 10, "the profile is not where it was looked for");
    const found = [];
    for (const file of files) {
      const bytes = await readFile(file);
      if (needles.some((needle) => bytes.includes(needle))) found.push(file);
    }
    return found;
  }

  get profile() {
    return join(this.#folder, "profile");
  }

  get #home() {
    return ["--home", this.#at];
  }

  #watch(page) {
    const known = this.windows.find((window) => window.page === page);
    if (known !== undefined) return known;
    const window = new Window(page, this.name);
    this.windows.push(window);
    return window;
  }
}

/** A window of somebody's browser, and what it complained of. */
export class Window {
  complaints = [];

  constructor(page, owner) {
    this.page = page;
    page.setDefaultTimeout(DEADLINE_MS);
    const complain = (text) => this.complaints.push(`${owner}, ${page.url()}: ${text}`);
    page.on("console", (line) => {
      const counts = ["error", "warning"].includes(line.type()) && !AGENT_AWAY.test(line.text());
      if (counts) complain(line.text());
    });
    page.on("pageerror", (error) => complain(String(error)));
  }

  get origin() {
    return new URL(this.page.url()).origin;
  }

  /** Waits until a text stands on the page. */
  async sees(text) {
    await this.page.getByText(isolated(text)).filter({ visible: true }).first().waitFor();
  }

  async press(name) {
    await this.page.getByRole("button", { name }).filter({ visible: true }).click();
  }

  async follow(name) {
    await this.page.getByRole("link", { name }).filter({ visible: true }).click();
  }

  async fill(label, text) {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  /** Goes to a page of this app. */
  async go(fragment) {
    await this.page.evaluate((to) => (location.hash = to), `#${fragment}`);
  }

  /** Holds the screen against axe, and against scrolling sideways. */
  async inspect() {
    this.complaints.push(...(await violations(this.page)));
    const overflow = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) this.complaints.push(`${this.page.url()} scrolls sideways by ${overflow}`);
  }

  /** What this origin answers at a path, as text. */
  fetched(path) {
    return this.page.evaluate(async (path) => (await fetch(path)).text(), path);
  }

  /** The mark as it is drawn first on the page; ids are unique in a page, so they are taken out. */
  async mark() {
    const svg = await this.page.locator("svg.mark").first().evaluate((mark) => mark.outerHTML);
    return svg.replaceAll(/(id="|url\(#)[^")]+/gu, "$1").replaceAll(/class="[^"]*"/gu, "");
  }
}

/** Matches a text that may have marks of direction around what was put into it, such as a name; apostrophes are alike. */
export function isolated(text) {
  const letters = [...text].map((letter) => (/[\p{L}\d ]/u.test(letter) ? letter : "."));
  return new RegExp(letters.join("[\u2068\u2069]*"), "u");
}

function binary() {
  const path = process.env.KITH_BIN;
  assert.ok(path, "KITH_BIN names the binary to test");
  return path;
}

/**
 * Runs a suite to its end: what stands on each window is kept in `pictures` where it fails, and nothing stays of its people.
 */
export async function runSuite({ people, pictures, folder }, main) {
  try {
    await main();
  } catch (error) {
    for (const [i, { page, complaints }] of people.flatMap(({ windows }) => windows).entries()) {
      console.error(`${page.url()}\n${complaints.join("\n")}`);
      if (!page.isClosed()) await page.screenshot({ path: join(pictures, `failed-${i}.png`) }).catch(() => undefined);
    }
    throw error;
  } finally {
    await Promise.all(people.map((person) => person.closeBrowser()));
    await Promise.all(people.map((person) => person.stop("SIGTERM")));
    await rm(folder, { recursive: true, force: true });
  }
}
