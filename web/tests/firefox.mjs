/**
 * The basic flows in Firefox: the home by its one-time address, a code, an app, words there and back.
 *
 * `npm run test:firefox`; the binary is `KITH_BIN`. Firefox (`FIREFOX`, or firefox-esr) is driven by the standard way, WebDriver
 * BiDi, on its own port; the other side is an agent with the command line. What a page complains of fails the run.
 */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { enterNamespace, Person } from "./people.mjs";

enterNamespace();

const PICTURES = fileURLToPath(new URL("../test-results/firefox", import.meta.url));
const DEADLINE_MS = 30_000;

/** One Firefox with a fresh profile. */
class Firefox {
  #process;
  #socket;
  #asked = new Map();
  #id = 0;
  complaints = [];

  static async start(profile) {
    const firefox = new Firefox();
    const args = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile, "about:blank"];
    const environment = { ...process.env, MOZ_DISABLE_AUTO_SAFE_MODE: "1", HOME: profile };
    firefox.#process = spawn(process.env.FIREFOX ?? "firefox-esr", args, {
      stdio: ["ignore", "ignore", "pipe"],
      env: environment,
    });
    for await (const line of createInterface(firefox.#process.stderr)) {
      const address = /WebDriver BiDi listening on (ws:\S+)/u.exec(line)?.[1];
      if (address === undefined) continue;
      firefox.#socket = new WebSocket(`${address}/session`);
      break;
    }
    firefox.#process.stderr.resume();
    await once(firefox.#socket, "open");
    firefox.#socket.on("message", (data) => firefox.#hear(JSON.parse(data)));
    await firefox.ask("session.new", { capabilities: { alwaysMatch: {} } });
    await firefox.ask("session.subscribe", { events: ["log.entryAdded"] });
    return firefox;
  }

  ask(method, params) {
    this.#id += 1;
    this.#socket.send(JSON.stringify({ id: this.#id, method, params }));
    return new Promise((done, failed) => this.#asked.set(this.#id, { done, failed }));
  }

  #hear({ id, type, result, message, method, params }) {
    const asked = this.#asked.get(id);
    if (type === "event" && method === "log.entryAdded" && params.level === "error") this.complaints.push(params.text);
    if (asked === undefined) return;
    this.#asked.delete(id);
    if (type === "error") asked.failed(new Error(message));
    else asked.done(result);
  }

  /** The pages that are open. */
  async pages() {
    const { contexts } = await this.ask("browsingContext.getTree", {});
    return contexts.map(({ context, url }) => ({ page: new Page(this, context), url }));
  }

  async close() {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}

/** One page. */
class Page {
  constructor(firefox, context) {
    this.firefox = firefox;
    this.context = context;
  }

  go(url) {
    return this.firefox.ask("browsingContext.navigate", { context: this.context, url, wait: "complete" });
  }

  /** Calls a function in the page. */
  async run(does, ...values) {
    const { type, result, exceptionDetails } = await this.firefox.ask("script.callFunction", {
      functionDeclaration: String(does),
      arguments: values.map((value) => ({ type: "string", value })),
      target: { context: this.context },
      awaitPromise: true,
    });
    if (type === "exception") throw new Error(exceptionDetails.text);
    return result.value;
  }

  /** Looks again and again until a function answers with something true. */
  async until(what, does, ...values) {
    const begin = Date.now();
    for (;;) {
      const found = await this.run(does, ...values);
      if (found) return found;
      if (Date.now() - begin > DEADLINE_MS) {
        throw new Error(`${what}: not there; the page says ${await this.run(() => document.body.innerText)}`);
      }
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  sees(text) {
    const bare = (wanted) => document.body.innerText.replaceAll(/[\u2066-\u2069]/gu, "").includes(wanted);
    return this.until(text, bare, text);
  }

  /** Presses a button or follows a link, by the words on it, as a person's pointer does. */
  async press(words) {
    const place = (wanted) => {
      const all = [...document.querySelectorAll("button, a")].filter((one) => one.checkVisibility());
      const said = (one) => (one.ariaLabel ?? one.innerText).replaceAll(/[\u2066-\u2069]/gu, "").trim();
      const one = all.find((button) => said(button) === wanted);
      if (one === undefined) return "";
      one.scrollIntoView({ block: "center" });
      const { x, y, width, height } = one.getBoundingClientRect();
      return `${Math.round(x + width / 2)} ${Math.round(y + height / 2)}`;
    };
    const [x, y] = (await this.until(words, place, words)).split(" ").map(Number);
    const pointer = [
      { type: "pointerMove", x, y },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.#act([{ type: "pointer", id: "mouse", actions: pointer }]);
  }

  /** Types into what a selector finds. */
  async type(selector, text) {
    const focused = (wanted) => {
      document.querySelector(wanted)?.focus();
      return document.activeElement?.matches(wanted) ?? false;
    };
    await this.until(selector, focused, selector);
    const keys = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#act([{ type: "key", id: "keys", actions: keys }]);
  }

  #act(actions) {
    return this.firefox.ask("input.performActions", { context: this.context, actions });
  }

  async picture(name) {
    const { data } = await this.firefox.ask("browsingContext.captureScreenshot", { context: this.context });
    await writeFile(join(PICTURES, `${name}.png`), Buffer.from(data, "base64"));
  }
}

const folder = await mkdtemp(join(tmpdir(), "kith-firefox-"));
await mkdir(PICTURES, { recursive: true });
await mkdir(join(folder, "profile"));
const alice = new Person("Alice", folder);
const bob = new Person("Bob", folder);
let firefox = null;
try {
  await mkdir(join(folder, "Alice"));
  await mkdir(join(folder, "Bob"));
  await alice.start();
  await bob.start();
  // English, whatever this machine speaks.
  await writeFile(join(folder, "profile", "user.js"), 'user_pref("intl.accept_languages", "en-GB");\n');
  firefox = await Firefox.start(join(folder, "profile"));
  const [{ page }] = await firefox.pages();

  const [{ url }] = await alice.kith("open");
  await page.go(url);
  await page.sees("One app for each person");
  await page.picture("home");
  await page.press("Add someone");
  await page.sees("Who is it for?");
  await page.type("form input", "Bob");
  await page.press("Make a code");
  const spans = (part) => [...document.querySelectorAll(`.code .${part} span`)].map((span) => span.innerText).join("-");
  await page.until("a code", () => document.querySelectorAll(".code .ws span").length === 4);
  const code = `${(await page.run(spans, "dg")).replaceAll("-", "")}-${await page.run(spans, "ws")}`;
  await page.picture("code");
  await bob.kith("accept", code, "--name", "Alice");
  await page.sees("This app is for you and Bob");

  await page.press("Open our app");
  const begin = Date.now();
  let app;
  while (app === undefined) {
    const [home] = new URL(url).host.split(".");
    app = (await firefox.pages()).find(({ url: at }) => at.startsWith("http") && !at.includes(home))?.page;
    assert.ok(Date.now() - begin < DEADLINE_MS, "no app was opened");
  }
  await app.until("the line to write on", () => document.querySelector("textarea") !== null);
  await app.type("textarea", "Is the harbour open?\uE007");
  await app.sees("Delivered");
  const [heard] = await bob.kith("log", "Alice", "--limit", "1");
  assert.equal(heard.text, "Is the harbour open?");
  await bob.kith("send", "Alice", "It is. Bring the rope.");
  await app.sees("It is. Bring the rope.");
  await app.picture("app");
  assert.deepEqual(firefox.complaints, []);
  console.log("Firefox: home, code, app, sent and received.");
} finally {
  await firefox?.close();
  await alice.stop("SIGTERM");
  await bob.stop("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}
