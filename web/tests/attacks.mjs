/**
 * Attacks on the pages in a real Chromium, where the browser is a part of the defence: another site, another port on the same
 * name, a name that was made to point here, one contact's app against another's and against the home, and script in every
 * string that a peer controls. What the agent refuses by itself is asked for in raw HTTP in `crates/loopback/tests`.
 *
 * `npm run test:attacks`; the binary is `KITH_BIN`. Each attack is made with the victim's windows open, in the victim's
 * profile. `GUARD` at the end proves that the same means succeed where they may, so that none fails for another reason.
 */

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAUNCH } from "./browser.mjs";
import { enterNamespace, Person } from "./people.mjs";

enterNamespace();

/** Would act if any page took it for more than text. */
const SCRIPT = `"'><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>{{1}}\${1}`;
const LINKS = "javascript:document.title='owned' data:text/html,<script>alert(1)</script> file:///etc/passwd";
/** Turns a title around for who reads it, hides in it, and breaks a line. */
const TURNED = "a\u202egnp.exe\u2066\u200b\u0000\u0007b";

const folder = await mkdtemp(join(tmpdir(), "kith-attacks-"));
const alice = new Person("Alice", folder);
const others = ["Bob", "Carol"].map((name) => new Person(name, folder));
/** Another site of the victim's, on a port of its own: every name leads to it, and all of its pages are alike. */
const evil = createServer((request, answer) => {
  if (request.url === "/ok.json") {
    answer.setHeader("access-control-allow-origin", "*");
    return answer.end('{"ok":1}');
  }
  answer.setHeader("content-type", "text/html");
  answer.end("<!doctype html><title>evil</title><p>evil</p>");
});

/** What came of asking from a page, by each means that a page has. */
async function attempts(page, origin) {
  return page.evaluate(async (origin) => {
    const outcome = {};
    const told = async (name, asking) => {
      outcome[name] = await Promise.race([
        Promise.resolve().then(asking).catch((error) => `refused: ${error.name ?? error}`),
        new Promise((done) => setTimeout(() => done("silent"), 3000)),
      ]);
    };
    const post = { method: "POST", body: '{"key":"x"}' };
    await told("fetch", async () => (await fetch(`${origin}/api/session`, post)).text());
    await told("fetch json", async () =>
      (await fetch(`${origin}/api/session`, { ...post, headers: { "content-type": "application/json" } })).text(),
    );
    await told("fetch page", async () => (await fetch(`${origin}/`)).text());
    await told("fetch opaque", async () => {
      const answer = await fetch(`${origin}/manifest.webmanifest`, { mode: "no-cors" });
      return answer.type === "opaque" ? `refused: opaque ${(await answer.text()).length}` : "read";
    });
    await told("socket", () =>
      new Promise((done, failed) => {
        const socket = new WebSocket(`${origin.replace("http", "ws")}/api/ws`);
        socket.onopen = () => done("open");
        socket.onerror = () => failed("error");
      }),
    );
    const element = (tag, attributes) =>
      new Promise((done, failed) => {
        const made = Object.assign(document.createElement(tag), attributes);
        made.onload = () => done("loaded");
        made.onerror = () => failed("error");
        document.body.append(made);
      });
    await told("script", () => element("script", { src: `${origin}/assets/base.js` }));
    await told("style", () => element("link", { rel: "stylesheet", href: `${origin}/app.css` }));
    await told("image", () => element("img", { src: `${origin}/icon.svg` }));
    return outcome;
  }, origin);
}

/** No means may have read anything. */
function assertRefused(outcome, who) {
  for (const [means, came] of Object.entries(outcome)) {
    assert.match(came, /^(refused|silent)/u, `${who}, by ${means}: ${came}`);
  }
}

/** Frames an address in a page; answers with the words that a person would see in it. */
async function framed(page, url) {
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement("iframe"), { src, id: "framed" }));
  }, url);
  const frame = await (await page.waitForSelector("#framed")).contentFrame();
  await frame.waitForLoadState().catch(() => undefined);
  const words = await frame.evaluate(() => document.body?.innerText ?? "").catch(() => "");
  return `${frame.url()} ${words}`;
}

/** Speaks on a socket of a page with a bearer, and answers with what comes back. */
function spoken(page, host, bearer, call) {
  return page.evaluate(
    ([host, bearer, call]) =>
      new Promise((done) => {
        const socket = new WebSocket(`ws://${host}/api/ws`);
        const heard = [];
        socket.onopen = () => socket.send(JSON.stringify({ bearer }));
        socket.onmessage = ({ data }) => {
          heard.push(data);
          if (heard.length === 1) socket.send(JSON.stringify({ id: 9, ...call }));
          if (heard.some((line) => line.includes('"id":9'))) done(heard.join("\n"));
        };
        socket.onerror = () => done(`error ${heard.join("\n")}`);
        socket.onclose = ({ code }) => done(`closed ${code} ${heard.join("\n")}`);
        setTimeout(() => done(`silent ${heard.join("\n")}`), 3000);
      }),
    [host, bearer, call],
  );
}

try {
  await new Promise((ready) => evil.listen(0, "127.0.0.1", ready));
  const evilPort = evil.address().port;
  for (const person of [alice, ...others]) {
    await mkdir(join(folder, person.name));
    await person.start();
  }
  for (const person of others) {
    const [{ code }] = await alice.kith("invite", person.name);
    await person.kith("accept", code, "--name", "Alice");
  }
  const args = [...LAUNCH.args, "--host-resolver-rules=MAP *.evil.test 127.0.0.1"];
  const home = await alice.openHome({ args });
  const homeOrigin = home.origin;
  const contacts = await alice.kith("contacts");
  const [bobs, carols] = ["Bob", "Carol"].map((name) => contacts.find((contact) => contact.name === name));
  const [{ url: bobUrl }] = await alice.kith("open", "Bob");
  const app = await alice.visit(bobUrl);
  await app.page.waitForSelector("textarea");
  const { host: homeHost, port } = new URL(homeOrigin);

  // Another site, and another port on the very names of the victim's apps.
  const names = ["evil.test:PORT", "www.evil.test:PORT", `${new URL(homeOrigin).hostname}:PORT`, `${new URL(app.origin).hostname}:PORT`];
  for (const name of names.slice(1)) {
    const site = await alice.visit(`http://${name.replace("PORT", evilPort)}/`);
    for (const victim of [homeOrigin, app.origin]) {
      assertRefused(await attempts(site.page, victim), `${name} on ${victim}`);
      assert.doesNotMatch(await framed(site.page, `${victim}/`), /Bob|People/u, `${name} frames ${victim}`);
      await site.page.evaluate(() => document.getElementById("framed").remove());
    }
    const bearer = await site.page.evaluate(() => localStorage.getItem("kith-bearer"));
    assert.equal(bearer, null, `${name} reads a bearer`);
    assert.equal(await site.page.evaluate(() => document.cookie), "", `${name} reads a cookie`);
    const opened = await site.page.evaluate((url) => {
      const page = window.open(url);
      try {
        return page === null ? "blocked" : String(page.document.body.innerText);
      } catch (error) {
        return error.name;
      }
    }, `${homeOrigin}/`);
    assert.ok(["blocked", "SecurityError", ""].includes(opened), `${name} reads the home that it opened: ${opened}`);
    await site.page.close();
  }

  // A name that was made to point here: the agent's own port, with a name that is not its own.
  const rebound = await alice.visit(`http://rebind.evil.test:${port}/`);
  const read = await rebound.page.evaluate(() => document.body.innerText);
  assert.doesNotMatch(read, /Bob|People/u);
  const asked = await rebound.page.evaluate(async () => (await fetch("/api/session", { method: "POST" })).status).catch(() => 0);
  assert.ok([0, 421].includes(asked), `a rebound name was answered with ${asked}`);
  await rebound.page.close();

  // One contact's app, taken over from inside, against the other's and against the home.
  const bearer = await app.page.evaluate(() => localStorage.getItem("kith-bearer"));
  assert.ok(bearer, "an app has a bearer");
  for (const victim of [homeOrigin, new URL(carols.app_url).origin]) {
    assertRefused(await attempts(app.page, victim), `Bob's app on ${victim}`);
    assert.doesNotMatch(await framed(app.page, `${victim}/`), /Carol|People/u);
    await app.page.evaluate(() => document.getElementById("framed").remove());
  }
  const host = new URL(app.origin).host;
  const calls = [
    { method: "contacts" },
    { method: "seed_show" },
    { method: "open", params: { contact: bobs.contact } },
    { method: "log", params: { contact: carols.contact, limit: 5, before: null } },
    { method: "watch", params: { contact: carols.contact } },
    { method: "remove", params: { contact: carols.contact } },
    { method: "stop" },
  ];
  for (const call of calls) {
    const heard = await spoken(app.page, host, bearer, call);
    assert.match(heard, /"id":9,"error":\{"kind":"forbidden"/u, `Bob's app asked ${call.method}: ${heard}`);
  }
  // The bearer of one label opens no other, even from that label's own page.
  const heard = await spoken(home.page, homeHost, bearer, { method: "contacts" });
  assert.doesNotMatch(heard, /"ok"/u, `Bob's bearer at home: ${heard}`);

  // GUARD: where it may, each of these means succeeds.
  const may = await spoken(app.page, host, bearer, { method: "contact", params: { contact: null } });
  assert.match(may, /"id":9,"ok":/u, may);
  const elsewhere = await alice.visit(`http://www.evil.test:${evilPort}/`);
  const fetched = await elsewhere.page.evaluate(
    async (url) => (await fetch(url)).text(),
    `http://other.evil.test:${evilPort}/ok.json`,
  );
  assert.equal(fetched, '{"ok":1}');
  assert.match(await framed(elsewhere.page, `http://other.evil.test:${evilPort}/`), /evil$/u);
  await elsewhere.page.close();

  // Script in every string that a peer controls: what they are called, what they write.
  app.complaints.length = 0;
  home.complaints.length = 0;
  const [bob] = others;
  for (const text of [SCRIPT, LINKS, TURNED.replace("\u0000", "")]) await bob.kith("send", "Alice", text);
  await app.sees("javascript:document.title");
  await alice.kith("rename", "Bob", SCRIPT.slice(0, 60));
  for (const window of [home, app]) {
    await window.page.waitForFunction((text) => document.body.innerText.replaceAll(/[\u2066-\u2069]/gu, "").includes(text), "\"'><img src=x");
    const made = await window.page.evaluate(() => ({
      title: document.title,
      images: document.querySelectorAll("img[src='x']").length,
      scripts: [...document.scripts].filter((script) => script.src === "").length,
      links: [...document.links].map((link) => link.protocol).filter((protocol) => !/^https?:$/u.test(protocol)),
    }));
    assert.notEqual(made.title, "owned");
    assert.deepEqual({ images: made.images, scripts: made.scripts, links: made.links }, { images: 0, scripts: 0, links: [] });
    assert.deepEqual(window.complaints, [], "script in a string made the page complain");
  }
  await app.go("/about");
  await app.page.waitForSelector(".facts");
  assert.equal(await app.page.locator("img[src='x']").count(), 0);
  // The name stands in what the browser installs and what it shows as the app's name; both are data there.
  const manifest = JSON.parse(await app.fetched("/manifest.webmanifest"));
  assert.equal(new URL(manifest.start_url, app.origin).origin, app.origin);
  console.log("Attacks: other sites, ports and names, apps on each other, and script in strings: all refused.");
} finally {
  await alice.closeBrowser();
  for (const person of [alice, ...others]) await person.stop("SIGTERM");
  evil.close();
  await rm(folder, { recursive: true, force: true });
}
