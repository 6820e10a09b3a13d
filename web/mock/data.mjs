/** Invented people and messages for the mock agent. Times are relative to one fixed afternoon, so that pictures repeat. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Thursday 16 May 2024, 14:33. */
export const NOW = new Date(2024, 4, 16, 14, 33).getTime();

const at = (daysAgo, hour, minute) => new Date(2024, 4, 16 - daysAgo, hour, minute).getTime();

let events = 0;

export function message(text, more = {}) {
  events += 1;
  const mine = more.mine ?? false;
  return {
    event: `event-${events}`,
    mine,
    from: mine ? "you" : "them",
    kind: "text",
    text,
    state: mine ? "delivered" : null,
    sent_at: NOW,
    edited: false,
    late: false,
    held: false,
    notice: null,
    quote: null,
    reactions: [],
    file: null,
    pinned: false,
    timer: null,
    leaves_at: null,
    ...more,
  };
}

function contact(id, name, mark, more = {}) {
  return {
    contact: id,
    name,
    state: "connected",
    stage: "secure",
    note: null,
    app_url: `http://${id}-x.localhost/`,
    verified: false,
    online: (more.path ?? "direct") !== "none",
    path: "direct",
    safety_number: "631300214084527842108509961556218881863214824282440049345018",
    side: "inviter",
    mark,
    unread: 0,
    waiting: 0,
    held: 0,
    renewed: null,
    last: null,
    can: ["edit", "react", "files", "pin", "disappear"],
    manifest: "5e1d07aa",
    receipts: true,
    typing: true,
    draft: null,
    timers: { mine: null, theirs: null, in_force: null },
    path_since: at(0, 9, 0),
    created_at: at(3, 18, 0),
    pinned: false,
    muted: false,
    muted_until: null,
    archived: false,
    blocked: false,
    ...more,
  };
}

/** Marks of the design's pictures: Mira, Ada, Nour, Tomas, Per, June. */
const MARKS = [
  "e9fae62ed4a2b0c1e9fae62ed4a2b0c1".replace(/^e9fa/, "0901") + "0e0200000102030405060708090a0b0d",
  "000200020000000000000000000000000300000000000000000000000000000a",
  "0900001002000000000000000000000000010000030000000000000000000001",
  "010100020100000000000000000000000601000a0200000000000000000000ff",
  "0301000c0000000000000000000000000100001c030000000000000000000011",
  "0701000f0100000000000000000000000d010018000000000000000000000022",
];

/** A mark that only one of many has. */
const markOf = (i) => Array.from({ length: 32 }, (_, place) => ((i * 37 + place * 11) % 256).toString(16).padStart(2, "0")).join("");

/** Links as they are, and as somebody makes them who wants to be misread. */
const links = () => [
  message("See https://example.org/a_(b)?c=d#e, and (https://example.org/f)."),
  message("mailto:mira@example.org or javascript:alert(1) or data:text/html,x or www.example.org"),
  message("https://bank.example@evil.example/login"),
  message("https://ex\u0430mple.org/"),
  message("https://example.org/\u202egpj.exe"),
  message("\u202ehttps://example.org/"),
  message("no link at all\nin two lines", { mine: true }),
];

const conversation = [
  message("The yard called. They can lift her out on Friday.", { sent_at: at(3, 17, 58) }),
  message("Shall I bring the long rope?", { sent_at: at(3, 17, 59) }),
  message("Both of them, and the old fenders.", {
    mine: true,
    state: "seen",
    sent_at: at(3, 18, 5),
    reactions: [{ emoji: "👍", mine: false, from: "them" }],
  }),
  message("Low tide this morning.", { sent_at: at(0, 9, 30) }),
  message("Best light we have had all month.", {
    mine: true,
    edited: true,
    sent_at: at(0, 9, 38),
    quote: { event: "event-4", mine: false, from: "them", kind: "text", text: "Low tide this morning." },
    reactions: [
      { emoji: "❤️", mine: true, from: "you" },
      { emoji: "🙏", mine: false, from: "them" },
    ],
  }),
  message("Next time, wake me.", { mine: true, sent_at: at(0, 9, 39) }),
  message("Did you ever find the spare key?", { late: true, sent_at: at(4, 21, 10) }),
  message("It hung behind the door the whole time. I only saw it when the door was off its hinges.", {
    sent_at: at(0, 9, 52),
  }),
  message("", { mine: true, kind: "deleted", sent_at: at(0, 10, 2) }),
  message("Then I’ll ask about the mast step while we are there.", {
    mine: true,
    state: "sent",
    sent_at: at(0, 10, 4),
  }),
  message("המפתח מתחת לעציץ הכחול", { sent_at: at(0, 14, 31) }),
  message("And the survey is done. Everything below the water line is sound.", { sent_at: at(0, 14, 32) }),
];

const timer = (mine, seconds) => ({ mine, kind: "notice", notice: { what: "timer", mine, seconds } });
/** Both agreed on a time, and then the other wished for a shorter one. */
const timed = [
  message("The key is under the blue pot.", { pinned: true, sent_at: at(0, 15, 2) }),
  message("The yard opens at eight, and the crane is ours until ten. Bring the papers, the long rope and both fenders.", {
    mine: true,
    state: "seen",
    pinned: true,
    sent_at: at(0, 15, 3),
  }),
  message("", { ...timer(true, 604_800), sent_at: at(0, 15, 4) }),
  message("The code of the gate is on the slip that I gave you.", { timer: 604_800, sent_at: at(0, 15, 5) }),
  message("Found it.", { mine: true, state: "seen", timer: 604_800, leaves_at: at(-7, 15, 6), sent_at: at(0, 15, 6) }),
  message("", { ...timer(false, 86_400), sent_at: at(0, 15, 7) }),
];

const waitingTail = [
  message("Friday at eight, then?", { mine: true, state: "waiting", sent_at: at(0, 14, 32) }),
  message("I’ll bring the thermos.", { mine: true, state: "waiting", sent_at: at(0, 14, 33) }),
];

const notice = (what, hour, minute) =>
  message("", { kind: "notice", notice: what, sent_at: at(0, hour, minute) });

const noticed = [
  ...conversation.slice(3, 6),
  notice({ what: "device_joined", mine: false, waiting: 3 }, 9, 45),
  ...conversation.slice(7),
  notice({ what: "paired_anew", held: 3, proven: false }, 14, 32),
];

/** Mira lost her phone: the two paired anew, and what waited for the old one waits for a word. */
const renewedTail = [
  message("Friday at eight, then?", { mine: true, state: "waiting", held: true, sent_at: at(0, 14, 10) }),
  message("I’ll bring the thermos.", { mine: true, state: "sent", held: true, sent_at: at(0, 14, 11) }),
  notice({ what: "paired_anew", held: 2, proven: false }, 14, 20),
  message("New phone. Did I miss anything?", { sent_at: at(0, 14, 21) }),
];

const file = (name, size, state, more = {}) =>
  message(more.text ?? "", {
    kind: "file",
    mine: more.mine ?? false,
    state: more.mine ? "delivered" : null,
    sent_at: at(0, 14, more.minute ?? 40),
    file: {
      name,
      size,
      media_type: "",
      state,
      have: more.have ?? 0,
      thumbnail: null,
      width: null,
      height: null,
      duration_ms: null,
      waveform: null,
    },
  });

/** A file in each of its states. */
const files = [
  file("harbour-survey.pdf", 112_000_000, "moving", { have: 48_000_000, text: "The whole survey" }),
  file("drone.mp4", 4_300_000_000, "offered", { minute: 41 }),
  file("tide-tables.zip", 31_000_000, "waiting", { have: 12_000_000, minute: 42 }),
  file("chart.png", 1_240_000, "paused", { have: 600_000, minute: 43 }),
  file("a-name-that-is-far-too-long-to-be-shown-in-one-line-of-a-bubble.tar.gz", 9_000_000, "here", { minute: 44 }),
  file("broken.iso", 700_000_000, "unchecked", { minute: 45 }),
  file("huge.bin", 900_000_000_000, "no_room", { minute: 46 }),
  file("route.gpx", 84_000, "here", { mine: true, have: 84_000, minute: 47 }),
  file("plan.txt", 2_100, "here", { mine: true, minute: 48 }),
];

/** Files that somebody lets stand still, is given, or removed to free room. */
const still = [
  file("tide-tables.zip", 31_000_000, "held", { have: 12_000_000 }),
  file("regatta.mov", 940_000_000, "removed", { minute: 41 }),
  file("harbour-plan.pdf", 61_000_000, "paused", { mine: true, minute: 42 }),
  file("slipway.mp4", 220_000_000, "here", { mine: true, minute: 43 }),
];

/** Pictures that are here, a voice note, and a file. */
const gallery = [
  file("harbour.png", 1_240_000, "here", { minute: 36 }),
  file("mole.png", 2_100_000, "here", { minute: 37, mine: true, have: 2_100_000 }),
  file("boat.png", 800_000, "here", { minute: 38 }),
  file("route.gpx", 84_000, "here", { minute: 39 }),
];

const kept = (contact, name, vault_bytes, sent, came, partly = [0, 0]) => {
  const [some, more, half] = [sent, came, partly].map(([files, bytes]) => ({ files, bytes }));
  const bytes = vault_bytes + some.bytes + more.bytes + half.bytes;
  return { contact, name, vault_bytes, sent: some, came: more, partly: half, other: { files: 0, bytes: 0 }, bytes };
};

/** What each app keeps, the largest first. */
export const storage = {
  room_bytes: 84_000_000_000,
  apps: [
    kept("mira", "Mira Solberg", 21_400_000, [12, 340_000_000], [41, 2_910_000_000], [1, 48_000_000]),
    kept("per", "Per Nygård", 3_100_000, [0, 0], [1, 84_000]),
    kept("ilse", "Ilse", 65_536, [0, 0], [0, 0]),
  ],
};

/** 400 messages, for scrolling back. */
const long = Array.from({ length: 400 }, (_, i) =>
  message(`Line ${i + 1} of the log book.`, {
    mine: i % 3 === 0,
    state: i % 3 === 0 ? "seen" : null,
    sent_at: at(0, 12, 0) - (400 - i) * 40 * MINUTE,
  }),
);

const mira = contact("mira", "Mira Solberg", MARKS[0], {
  unread: 2,
  verified: true,
  pinned: true,
  last: conversation.at(-1),
});

const people = [
  mira,
  contact("ada", "Ada", MARKS[1], {
    path: "none",
    waiting: 3,
    pinned: true,
    last: message("And the blue one", { mine: true, state: "waiting", sent_at: at(0, 12, 8) }),
  }),
  contact("nour", "نور", MARKS[2], { last: message("وصلت الصور كلها، شكراً", { sent_at: at(0, 11, 50) }) }),
  contact("tomas", "Tomas Vale", MARKS[3], {
    path: "relayed",
    unread: 1,
    last: message("The train is late, start without me.", { sent_at: at(0, 9, 17) }),
  }),
  contact("per", "Per Anders", MARKS[4], {
    last: message("the gate code is the old one", { mine: true, sent_at: at(3, 20, 0) }),
  }),
  contact("june", "June Okafor", MARKS[5], {
    path: "none",
    unread: 1,
    muted: true,
    muted_until: NOW + 8 * 60 * MINUTE,
    last: message("Thursday works. I will bring both ladders.", { sent_at: at(9, 12, 0) }),
    created_at: at(20, 9, 0),
  }),
  contact("otto", "Otto", MARKS[2], { archived: true, last: message("See you at the station", { sent_at: at(6, 9, 0) }) }),
  contact("ravi", "Ravi Menon", MARKS[3], { blocked: true, path: "none", online: false }),
];

const ilse = contact("ilse", "Ilse Brandt", MARKS[0].slice(0, 32), {
  state: "inviting",
  stage: "connection",
  note: { id: "note-code-open", count: 4 },
  path: "none",
  safety_number: null,
  created_at: at(0, 14, 30),
});

/** Somebody from an address-book file whom nobody has invited. */
export const savedContact = (id, name) =>
  contact(id, name, "", {
    state: "saved",
    stage: "generating",
    note: { id: "note-saved", count: null },
    path: "none",
    safety_number: null,
    created_at: NOW,
  });

const status = {
  version: "0.1.0",
  home: "/home/alma/.local/share/kith",
  home_url: "http://home-x.localhost/",
  port: 7717,
  udp_port: 40_417,
  name: "Alma",
  contacts: 6,
  online: 4,
  direct: 3,
  waiting: 3,
  stored_bytes: 1_800_000_000,
  key_in_file: true,
  seed_confirmed: false,
  reach: "internet",
};

const invitation = {
  contact: "ilse",
  code: "482913-goldfish-trombonist-rocker-whimsical",
  link: "kith:meet/7q2f-placeholder-only-7q2f-placeholder-only",
  expires_at: NOW + 9.5 * MINUTE,
  link_expires_at: NOW + 7 * DAY,
  failures: 1,
  tries_left: 4,
  qr_svg:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" shape-rendering="crispEdges"><path d="M0 0h3v3h-3zM6 0h3v3h-3zM0 6h3v3h-3zM4 1h1v2h-1zM4 4h2v1h-2zM7 5h1v3h-1zM4 7h1v1h-1z"/></svg>',
};

const seed =
  "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual".split(
    " ",
  );

function app(me, messages, more = {}) {
  return { me: { ...me, ...more }, people: [], status, invitation: null, messages, seed };
}

/** What each origin of the mock agent shows, by the first label of its host name. */
export const SCENES = {
  "home-x": () => ({ me: null, people: [...people, ilse], status, invitation, messages: [], seed }),
  /** Five hundred people, for measuring. */
  "home-many": () => ({
    ...SCENES["home-x"](),
    people: Array.from({ length: 500 }, (_, i) =>
      contact(`many-${i}`, `Person ${i + 1}`, markOf(i), {
        unread: i % 7 === 0 ? 1 : 0,
        path: i % 3 === 0 ? "none" : "direct",
        last: message(`Line ${i + 1} of the log book.`, { sent_at: NOW - i * 3 * MINUTE }),
      }),
    ),
  }),
  "home-lockable": () => ({
    ...SCENES["home-x"](),
    settings: { name: "Alma", language: "en", passphrase: true, keyring: false, locked: false, lock_after_minutes: 5, notifications: "texts" },
  }),
  /** The desktop's keyring opens this home. */
  "home-kept": () => {
    const scene = SCENES["home-lockable"]();
    return { ...scene, settings: { ...scene.settings, keyring: true } };
  },
  "mira-crash": () => app(mira, [{ ...message("Fine so far."), text: null }]),
  "home-locked": () => ({ ...SCENES["home-x"](), locked: true }),
  "home-found": () => ({
    ...SCENES["home-x"](),
    review: {
      people: [{ key: 1, name: "Solveig Dahl", photo: false, standing: "new", contact: null, book: true }],
      skipped: [],
      unread: "the server answered 401 Unauthorized",
    },
  }),
  "home-saved": () => ({ ...SCENES["home-x"](), people: [mira, savedContact("solveig", "Solveig Dahl")] }),
  "home-empty": () => ({
    me: null,
    people: [],
    status: { ...status, contacts: 0, online: 0, direct: 0, waiting: 0, stored_bytes: 65_536 },
    invitation: null,
    messages: [],
    seed,
  }),
  "home-failed": () => ({
    me: null,
    people: [{ ...ilse, state: "failed", note: { id: "note-code-failed", count: null } }],
    status: { ...status, seed_confirmed: true, key_in_file: false },
    invitation: null,
    messages: [],
    seed: null,
  }),
  "home-away": () => ({ ...SCENES["home-x"](), leavesAfter: "review" }),
  "mira-away": () => ({ ...SCENES["mira-x"](), leavesAfter: "log" }),
  "mira-x": () => app(mira, conversation),
  "mira-waiting": () =>
    app(mira, [...conversation, ...waitingTail], {
      path: "none",
      path_since: at(0, 14, 20),
      waiting: 2,
      unread: 0,
      verified: false,
    }),
  "mira-renewed": () =>
    app(mira, [...conversation, ...renewedTail], { unread: 0, verified: false, held: 2, renewed: "nothing" }),
  "mira-again": () => ({
    ...app(mira, conversation, { unread: 0, note: { id: "note-again-open", count: null } }),
    invitation: { ...invitation, contact: "mira" },
  }),
  "mira-retired": () => app(mira, conversation, { unread: 0, note: { id: "note-retired", count: null } }),
  "mira-restored": () =>
    app(mira, conversation, { unread: 0, verified: false, safety_number: null, path: "none", online: false, note: { id: "note-restored", count: null } }),
  "mira-blocked": () => app(mira, [], { unread: 0, blocked: true, last: null, path: "none", online: false }),
  "mira-new": () => app(mira, [], { unread: 0, verified: false, created_at: NOW - MINUTE, last: null }),
  "mira-noticed": () => app(mira, noticed, { unread: 0, verified: false }),
  "mira-files": () => app(mira, [...conversation, ...files], { unread: 0 }),
  "mira-still": () => app(mira, [...conversation.slice(0, 1), ...still], { unread: 0 }),
  "mira-gallery": () => app(mira, [...conversation.slice(0, 2), ...gallery], { unread: 0 }),
  "mira-long": () => app(mira, long, { unread: 0 }),
  "mira-links": () => app(mira, links(), { unread: 0 }),
  "mira-timed": () =>
    app(mira, [...conversation, ...timed], { unread: 0, timers: { mine: 604_800, theirs: 86_400, in_force: 604_800 } }),
  "mira-old": () => app(mira, conversation, { can: [], unread: 0 }),
  "mira-answered": () => app(mira, conversation, { side: "answerer", unread: 0, verified: false }),
  "ilse-x": () => app(ilse, []),
};
