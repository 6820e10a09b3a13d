/** Line drawings of 24 × 24, as path data. */

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const box = (x: number, y: number): string =>
  `M${x + 2} ${y}h2.5a2 2 0 0 1 2 2v2.5a2 2 0 0 1-2 2h-2.5a2 2 0 0 1-2-2v-2.5a2 2 0 0 1 2-2Z`;

export const ICONS = {
  archived: "M4 8h16v11H4zM3 4.5h18V8H3zM10 12h4",
  blocked: `${circle(12, 12, 8)}M6.5 6.5l11 11`,
  muted: "M6 16V11a6 6 0 0 1 9.5-4.9M18 11v5l1.5 1.5H8M10 20h4M4 4l16 16",
  settings: `M4 8h9M19 8h1M4 16h1M11 16h9${circle(16, 8, 2.6)}${circle(8, 16, 2.6)}`,
  people: [box(4, 4), box(13.5, 4), box(4, 13.5), box(13.5, 13.5)].join(""),
  plus: "M12 5v14M5 12h14",
  search: `${circle(11, 11, 6.5)}M16 16l4 4`,
  back: "M14.5 5.5 8 12l6.5 6.5",
  copy: "M10.5 8.5h6a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-2.5 2.5h-6A2.5 2.5 0 0 1 8 17v-6a2.5 2.5 0 0 1 2.5-2.5ZM15.5 5.5a2 2 0 0 0-2-2h-7a3 3 0 0 0-3 3v7a2 2 0 0 0 2 2",
  attach: "m19 11-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.1-2.2L14 7.6",
  again: "M18.5 8.5A7.5 7.5 0 1 0 19.5 13M19 4v4.5h-4.5",
  pause: "M9 6v12M15 6v12",
  play: "M8.5 6v12l9.5-6Z",
  mic: "M12 3.5a3 3 0 0 1 3 3V11a3 3 0 0 1-6 0V6.5a3 3 0 0 1 3-3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  pin: "M9 4h6l-1 6 3 3.5H7L10 10ZM12 13.5V20",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  clock: `${circle(12, 12, 8)}M12 7.5V12l3 2`,
  check: "m5 12.5 4.5 4.5L19 7.5",
  more: [5.5, 12, 18.5].map((x) => circle(x, 12, 0.6)).join(""),
  send: "M12 19V5.5M6 11l6-6 6 6",
  keep: "M12 4.5V17M6.5 12l5.5 5.5L17.5 12M5 20.5h14",
  up: "M12 19V5.5M6 11l6-6 6 6",
  down: "M12 5v13.5M6 13l6 6 6-6",
  words: "M6 4.5h9l3.5 3.5v11.5H6ZM9 10h6M9 13.5h6M9 17h3.5",
} as const;

export type IconName = keyof typeof ICONS;
