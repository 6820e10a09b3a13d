/**
 * A mock agent: serves `dist` with the real headers on loopback, and answers the API out of invented data.
 *
 * `npm run mock` prints the addresses. Each scene of `data.mjs` is an origin of its own; any key is good.
 * A code with the word `zulu` and a message `full` fail, and scenes named `away` lose their agent, so that it can be looked at.
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { message, NOW, savedContact, SCENES, storage } from "./data.mjs";
import { png } from "./png.mjs";

const DIST = join(fileURLToPath(import.meta.url), "../../dist");
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "origin-agent-cluster": "?1",
  "permissions-policy": "camera=(self), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()",
  "cache-control": "no-cache",
};
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="20"/></svg>';

/** Starts the mock agent on `port` (0: any) and answers with `{ port, close }`. */
export async function startAgent(port = 0) {
  const server = createServer((request, response) => void serve(request, response));
  const sockets = new WebSocketServer({ server, path: "/api/ws" });
  sockets.on("connection", (socket, request) => speak(socket, sceneOf(request)));
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  const close = () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { port: server.address().port, close };
}

const labelOf = (request) => request.headers.host.split(".")[0];
const sceneOf = (request) => SCENES[labelOf(request)]?.();

async function serve(request, response) {
  const path = new URL(request.url, "http://mock").pathname;
  const answer = (status, type, body) => response.writeHead(status, { ...HEADERS, "content-type": type }).end(body);
  if (!(labelOf(request) in SCENES)) return answer(421, "text/plain", "Open Kith from its launcher.");
  if (path === "/api/session") return answer(200, "application/json", JSON.stringify({ bearer: "mock" }));
  if (path === "/app.css") return answer(200, TYPES[".css"], "");
  if (path === "/icon.svg") return answer(200, TYPES[".svg"], ICON);
  if (path === "/manifest.webmanifest") return answer(200, "application/manifest+json", '{"name":"Kith"}');
  if (path.endsWith("/ticket")) return answer(200, "application/json", JSON.stringify({ ticket: "any" }));
  if (path === "/api/backup") {
    response.setHeader("content-disposition", "attachment");
    return answer(200, "application/octet-stream", "kith backup\n");
  }
  if (path.startsWith("/api/files/")) return answer(200, "image/png", picture(path));
  const page = labelOf(request).startsWith("home") ? "home.html" : "app.html";
  const file = path === "/" ? page : path.slice(1);
  try {
    answer(200, TYPES[extname(file)], await readFile(join(DIST, file)));
  } catch {
    answer(404, "text/plain", "");
  }
}

/** Sea and sky, in a shape that goes by what it is the picture of. */
function picture(name) {
  const [width, height] = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 2 === 0 ? [1200, 800] : [600, 900];
  return png(width, height, [170, 200, 220], [30, 80, 110]);
}

/** One socket: the bearer first, then calls. */
function speak(socket, scene) {
  let first = true;
  const push = (change) => socket.send(JSON.stringify({ push: { seq: ++scene.seq, ...change } }));
  scene.seq = 0;
  socket.on("message", (frame) => {
    const call = JSON.parse(String(frame));
    if (first) {
      first = false;
      if (call.bearer !== "mock") return socket.close(4401);
      if (scene.locked) return socket.close(4423);
      if (call.since !== undefined) return socket.close(1001);
      const ok = { run: "mock", seq: 0, scope: scene.me?.contact ?? null, resumed: false };
      return socket.send(JSON.stringify({ ok }));
    }
    try {
      const ok = ANSWERS[call.method](scene, call.params ?? {}, push);
      if (ok !== undefined) socket.send(JSON.stringify({ id: call.id, ok }));
      if (scene.leavesAfter === call.method) socket.close(1001);
    } catch (error) {
      socket.send(JSON.stringify({ id: call.id, error }));
    }
  });
}

const settingsOf = (scene) =>
  scene.settings ?? { name: "Alma", language: null, passphrase: false, keyring: false, locked: false, lock_after_minutes: 0, notifications: "names" };

const contactOf = (scene, id) => scene.me ?? scene.people.find((one) => one.contact === id);

/** A message of a scene reads otherwise from here on. */
function change(scene, event, how) {
  const index = scene.messages.findIndex((one) => one.event === event);
  const changed = { ...scene.messages[index], ...how(scene.messages[index]) };
  scene.messages = scene.messages.with(index, changed);
  return changed;
}

/** Why something was not done, for pages that have the sentence of its id; the id shows where they don't. */
function refusal(kind, id, words = {}) {
  return { kind, id, words, cause: null, message: id, hint: "" };
}

const ANSWERS = {
  contacts: (scene) => scene.people,
  contact: (scene, { contact }) => contactOf(scene, contact),
  status: (scene) => scene.status,
  watch: (scene) => ({ seq: 0, scope: scene.me?.contact ?? null }),
  invitation: (scene) => scene.invitation,
  invite: () => SCENES["home-x"]().invitation,
  accept: (_scene, { code }) => {
    if (!code.includes("zulu")) return undefined;
    throw refusal("wrong_code", "code-wrong", { count: 4 });
  },
  accept_cancel: () => null,
  draft: (scene, { text }) => (scene.draft = text ?? scene.draft ?? ""),
  typing: () => null,
  storage: () => storage,
  files: (scene) => scene.messages.filter((one) => one.file !== null).reverse(),
  habits: (scene, { receipts, typing }) => {
    scene.me = { ...scene.me, receipts: receipts ?? scene.me.receipts, typing: typing ?? scene.me.typing };
    return scene.me;
  },
  hide: (scene, { event }) => {
    scene.messages = scene.messages.filter((one) => one.event !== event);
    return null;
  },
  search: (scene, { words }) =>
    scene.messages.filter((one) => one.text.toLowerCase().includes(words.toLowerCase())).reverse(),
  log: (scene, { limit, before, after, around }) => {
    const place = (event) => scene.messages.findIndex((one) => one.event === event);
    if (after !== null) return scene.messages.slice(place(after) + 1, place(after) + 1 + limit);
    if (around !== null) return scene.messages.slice(Math.max(0, place(around) - limit / 2), place(around) + limit / 2);
    const end = before === null ? scene.messages.length : scene.messages.findIndex((one) => one.event === before);
    return scene.messages.slice(Math.max(0, end - limit), end);
  },
  send: (scene, { text, reply }, push) => {
    const answered = scene.messages.find((one) => one.event === reply);
    const quote =
      answered === undefined
        ? null
        : { event: reply, mine: answered.mine, from: answered.from, kind: answered.kind, text: answered.text };
    if (text === "full")
      throw refusal("storage", "disk-full");
    const made = message(text, { mine: true, state: scene.me.path === "none" ? "waiting" : "sent", sent_at: NOW, quote });
    scene.messages = [...scene.messages, made];
    push({ message: { contact: scene.me.contact, message: made } });
    return { event: made.event, state: made.state };
  },
  delete: (scene, { event }) => {
    const gone = change(scene, event, () => ({ kind: "deleted", text: "" }));
    const outcome = { waiting: "never_delivered", sent: "withdrawn" }[gone.state] ?? "asked";
    return { ...gone, outcome };
  },
  react: (scene, { event, emoji }) => {
    const own = emoji === "" ? [] : [{ emoji, mine: true, from: "you" }];
    return change(scene, event, ({ reactions }) => ({ reactions: [...own, ...reactions.filter((one) => !one.mine)] }));
  },
  pin: (scene, { event, pinned }) => change(scene, event, () => ({ pinned })),
  pins: (scene) => scene.messages.filter((one) => one.pinned).reverse(),
  timer: (scene, { seconds }) => {
    const { theirs } = scene.me.timers;
    const mine = seconds || null;
    const in_force = mine === null || theirs === null ? null : Math.max(mine, theirs);
    scene.me = { ...scene.me, timers: { mine, theirs, in_force } };
    return scene.me;
  },
  edit: (scene, { event, text }) => change(scene, event, () => ({ text, edited: true, state: "waiting" })),
  reach: () => ({ reached: false }),
  resend: (scene, { drop }, push) => {
    const held = scene.messages.filter((one) => one.held);
    for (const one of held) push({ message_gone: { contact: scene.me.contact, event: one.event } });
    const again = drop ? [] : held.map((one) => ({ ...one, event: `${one.event}-again`, held: false, state: "sent" }));
    scene.messages = [...scene.messages.filter((one) => !one.held), ...again];
    for (const one of again) push({ message: { contact: scene.me.contact, message: one } });
    scene.me = { ...scene.me, held: 0 };
    push({ contact: scene.me });
    return { messages: held.length };
  },
  seen: () => null,
  active: () => null,
  announces: () => null,
  settings: (scene) => settingsOf(scene),
  choose: (scene, wanted) => {
    const chosen = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
    return (scene.settings = { ...settingsOf(scene), ...chosen });
  },
  set_passphrase: (scene, { new: passphrase }) => {
    if (passphrase === "wrong") throw refusal("wrong_passphrase", "stored-wrong-passphrase");
    // A passphrase that says so is one that the keyring does not follow.
    const keyring = settingsOf(scene).keyring && passphrase !== null && !passphrase.includes("unkept");
    return (scene.settings = { ...settingsOf(scene), passphrase: passphrase !== null, keyring });
  },
  keyring: (scene, { passphrase, keep }) => {
    if (passphrase === "wrong") throw refusal("wrong_passphrase", "stored-wrong-passphrase");
    if (passphrase === "locked") throw refusal("keyring", "keyring-locked");
    return (scene.settings = { ...settingsOf(scene), keyring: keep });
  },
  // A passphrase that says so is that of a backup which gets to its end, or of one that the browser refuses; any other stands in the middle.
  backup_ticket: (_scene, { passphrase }, push) => {
    if (passphrase === "older page")
      throw { ...refusal("bad_input", "passphrase-too-short", { most: 12 }), message: "in the agent's words" };
    if (passphrase.length < 12) throw refusal("bad_input", "passphrase-too-short", { count: 12 });
    if (passphrase.includes("refuses")) {
      const error = refusal("unanswered", "backup-unfetched");
      push({ backup: { written: 0, about: 51_000_000, made: null, error } });
      return { ticket: "any", about: 51_000_000 };
    }
    const made = { path: null, size: 48_213_664, contacts: 12, files: 31, left_out: ["Per Lindqvist"] };
    const whole = passphrase.includes("whole");
    push({ backup: { written: whole ? 48_213_664 : 18_400_000, about: 51_000_000, made: whole ? made : null, error: null } });
    return { ticket: "any", about: 51_000_000 };
  },
  backup_stop: (_scene, _params, push) => {
    const error = refusal("wrong_state", "backup-stopped");
    push({ backup: { written: 18_400_000, about: 51_000_000, made: null, error } });
    return null;
  },
  verify: (scene, { verified, met }) => (scene.me = { ...scene.me, verified, met }),
  rename: (scene, { name }) => (scene.me = { ...scene.me, name }),
  arrange: (scene, { contact, ...change }) => {
    const before = contactOf(scene, contact);
    const wanted = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null));
    const { muted } = wanted;
    const until = { hour: 1, eight_hours: 8, week: 168 }[muted];
    const mute = muted === undefined ? {} : { muted: muted !== "off", muted_until: until ? NOW + until * 3_600_000 : null };
    const after = { ...before, ...wanted, ...mute };
    if (scene.me !== null) scene.me = after;
    else scene.people = scene.people.map((one) => (one === before ? after : one));
    return after;
  },
  search_all: (scene, { words }) => {
    const texts = { mira: "The yard called. They can lift her out on Friday.", per: "Lift it, then turn: the gate is old" };
    const hits = scene.people.filter(({ contact }) => (texts[contact] ?? "").toLowerCase().includes(words.toLowerCase()));
    const hit = ({ contact }, index) => ({
      contact,
      event: `hit-${contact}`,
      mine: contact === "per",
      text: texts[contact],
      sent_at: NOW - (index + 1) * 86_400_000,
    });
    return { hits: hits.map(hit), whole: true };
  },
  review: (scene) => scene.review ?? { people: [], skipped: [], unread: null },
  read_cards: (scene, { last }) => {
    if (!last) return { people: [], skipped: [], unread: null };
    const people = [
      { name: "Solveig Dahl", photo: true, standing: "new", contact: null, book: true },
      { name: "خالد", photo: false, standing: "new", contact: null },
      { name: "Mira Solberg", photo: false, standing: "same_name", contact: "mira" },
      { name: "Tomas Vale", photo: false, standing: "known", contact: "tomas" },
      { name: "Solveig Dahl", photo: false, standing: "twice", contact: null },
    ].map((person, index) => ({ key: index + 1, book: false, ...person }));
    return (scene.review = { people, skipped: [{ why: "unnamed", count: 2 }, { why: "not_a_person", count: 1 }], unread: null });
  },
  take_cards: (scene, { keys }, push) => {
    const chosen = scene.review.people.filter(({ key }) => keys.includes(key));
    const saved = chosen.map(({ name, key }) => savedContact(`saved-${key}`, name));
    scene.people = [...scene.people, ...saved];
    for (const contact of saved) push({ contact });
    return saved;
  },
  drop_cards: () => null,
  photo: () => null,
  launcher: (_scene, { remove }) => ({ path: remove ? null : "/home/alma/.local/share/applications/kith-mira.desktop" }),
  forward_begin: () => ({ url: "http://home-x.localhost" }),
  forwarding: () => ({ text: "The survey is done. Everything below the water line is sound, and the keel bolts are dry." }),
  forward_to: () => ({ event: "evtsent", state: "waiting" }),
  way_home: () => ({ url: "http://home-x.localhost" }),
  remove: () => null,
  seed_show: (scene) => ({ words: scene.seed, confirmed: scene.seed === null }),
  seed_confirm: (scene, { words }) => {
    if (words !== scene.seed.join(" "))
      throw refusal("bad_input", "words-differ", { position: "3" });
    return { words: null, confirmed: true };
  },
  open: (_scene, { contact }) => ({ url: `/?opened=${contact}` }),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { port } = await startAgent(7717);
  for (const label of Object.keys(SCENES)) console.log(`http://${label}.localhost:${port}/#k=any`);
}
