/**
 * The mark of one relationship: two closed shapes, one for each side's key, linked like two rings.
 *
 * A port of the design's reference drawing (byte for byte the same paths), built as elements because the content policy
 * forbids HTML from text. It is a face, not a proof: the safety number is the proof. It is never mirrored.
 */

import type { Side } from "../api";

const SVG = "http://www.w3.org/2000/svg";
/** Radius of a shape, and how far its centre lies from the middle of the 64 × 64 picture. */
const RADIUS = 13.6;
const OFFSET = 8.6;
/** How much wider than its line the gap is where the other shape passes over. */
const GAP = 3.4;
const WEIGHTS = [4.4, 5.8, 7.4] as const;
const TURNS = [60, -60, 135, -135] as const;
/** Hex digits of one side's half. */
const HALF = 32;

type Point = readonly [number, number];

interface Half {
  d: string;
  transform: string;
  weight: number;
}

/** Whether both halves are known, and with them the colour. */
export function isWhole(mark: string): boolean {
  return mark.length === 2 * HALF;
}

/** The two hues of a relationship in degrees, or null while one key is missing: then there is no colour. */
export function hues(mark: string): readonly [number, number] | null {
  if (!isWhole(mark)) return null;
  const b = bytes(mark);
  const hue = ((at(b, 3) ^ at(b, 19)) % 24) * 15;
  const turn = TURNS[(at(b, 4) ^ at(b, 20)) % 4] ?? 60;
  return [hue, (hue + turn + 360) % 360];
}

/** Sets a relationship's hues on an element; none when the mark is not whole. */
export function applyHues(element: HTMLElement | SVGElement, mark: string): void {
  const pair = hues(mark);
  if (pair === null) return;
  element.style.setProperty("--hue", String(pair[0]));
  element.style.setProperty("--hue2", String(pair[1]));
}

/** Draws a mark: the whole one, or `side`'s half and a dotted place for the other. */
export function drawMark(mark: string, side: Side, size: string): SVGElement {
  const svg = element("svg", { viewBox: "0 0 64 64", class: `mark ${size}`, "aria-hidden": "true" });
  svg.append(...(isWhole(mark) ? whole(mark) : half(mark, side)));
  applyHues(svg, mark);
  return svg;
}

function whole(mark: string): SVGElement[] {
  const [a, b] = halves(mark);
  const id = nextId();
  // Above the axis the first shape passes over, below it the second: each is held by the other.
  return [
    tile("mk-t"),
    gapMask(`${id}a`, b, 32),
    gapMask(`${id}b`, a, 0),
    masked(`${id}a`, line(a, { class: "mk-a" })),
    masked(`${id}b`, line(b, { class: "mk-b" })),
  ];
}

function half(mark: string, side: Side): SVGElement[] {
  const own = halfOf(mark, side);
  const id = nextId();
  const mask = element("mask", { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, width: 64, height: 64 });
  mask.append(element("rect", { width: 64, height: 64, fill: "#fff" }), gap(own));
  const place = element("circle", {
    cx: round(32 + (side === "inviter" ? OFFSET : -OFFSET)),
    cy: 32,
    r: RADIUS,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 2.4,
    "stroke-dasharray": "0.1 5.24",
    "stroke-linecap": "round",
    mask: `url(#${id})`,
  });
  return [tile("mk-h"), mask, line(own, { stroke: "currentColor" }), place];
}

/** The mask that keeps a gap free around `over` in the half of the picture that begins at `y`. */
function gapMask(id: string, over: Half, y: number): SVGElement {
  const mask = element("mask", { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, width: 64, height: 64 });
  const clip = element("clipPath", { id: `${id}c` });
  clip.append(element("rect", { x: 0, y, width: 64, height: 32 }));
  const group = element("g", { "clip-path": `url(#${id}c)` });
  group.append(gap(over));
  mask.append(element("rect", { width: 64, height: 64, fill: "#fff" }), clip, group);
  return mask;
}

function masked(id: string, child: SVGElement): SVGElement {
  const group = element("g", { mask: `url(#${id})` });
  group.append(child);
  return group;
}

function line(half: Half, paint: Record<string, string>): SVGElement {
  return element("path", { ...outline(half, half.weight), ...paint });
}

function gap(half: Half): SVGElement {
  return element("path", { ...outline(half, half.weight + GAP), stroke: "#000" });
}

function outline(half: Half, width: number): Record<string, string | number> {
  const { d, transform } = half;
  return { d, transform, fill: "none", "stroke-linejoin": "round", "stroke-width": round(width) };
}

function tile(className: string): SVGElement {
  return element("rect", { width: 64, height: 64, rx: 18, class: className });
}

// Memoised: the same few marks are drawn in the list, the header and the panel, and every time the list is sorted anew.
const cache = new Map<string, Half>();

function halves(mark: string): [Half, Half] {
  return [halfOf(mark.slice(0, HALF), "inviter"), halfOf(mark.slice(HALF), "answerer")];
}

function halfOf(hex: string, side: Side): Half {
  const key = side + hex;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const b = bytes(hex);
  const shape = SHAPES[at(b, 0) % SHAPES.length] ?? circle;
  const made = {
    d: shape(RADIUS),
    weight: WEIGHTS[at(b, 1) % 3] ?? WEIGHTS[0],
    transform: side === "inviter" ? `translate(${round(32 - OFFSET)} 32) rotate(-90)` : `translate(${round(32 + OFFSET)} 32) rotate(90) scale(-1 1)`,
  };
  cache.set(key, made);
  return made;
}

function bytes(hex: string): number[] {
  return (hex.match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16));
}

function at(b: number[], index: number): number {
  return b[index] ?? 0;
}

let ids = 0;

/** Ids are unique in the page, since a mask inside a hidden copy of the mark would hide every other copy. */
function nextId(): string {
  ids += 1;
  return `mark-${ids}-`;
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function round(n: number): string {
  return String(Math.round(n * 100) / 100);
}

function point([x, y]: Point): string {
  return `${round(x)} ${round(y)}`;
}

/** A polygon with softened corners; `k` says how far along each side the curve starts (0…0.5). */
function soft(corners: readonly Point[], k: number): string {
  const mix = (a: Point, b: Point): Point => [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k];
  const n = corners.length;
  let d = "";
  corners.forEach((here, i) => {
    const before = corners[(i + n - 1) % n] ?? here;
    const after = corners[(i + 1) % n] ?? here;
    d += `${i === 0 ? "M" : "L"}${point(mix(here, before))}Q${point(here)} ${point(mix(here, after))}`;
  });
  return `${d}Z`;
}

/** The corners of a regular polygon, the first one upward. */
function ring(n: number, r: number, turn: number): Point[] {
  return Array.from({ length: n }, (_, i): Point => {
    const angle = -Math.PI / 2 + turn + (2 * Math.PI * i) / n;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

/** `n` gentle lobes: arcs between as many valleys. */
function lobes(n: number, r: number, bulge: number): string {
  const valleys = ring(n, r, Math.PI / n);
  const [first = [0, 0], second = [0, 0]] = valleys;
  const rho = round(Math.hypot(first[0] - second[0], first[1] - second[1]) * bulge);
  const arcs = [...valleys.slice(1), first].map((end) => `A${rho} ${rho} 0 0 1 ${point(end)}`);
  return `M${point(first)}${arcs.join("")}Z`;
}

function oval(a: number, b: number): string {
  const arc = `A${round(a)} ${round(b)} 0 1 1`;
  return `M${round(-a)} 0${arc} ${round(a)} 0${arc} ${round(-a)} 0Z`;
}

function box(half: number, k: number): string {
  return soft([[-half, -half], [half, -half], [half, half], [-half, half]], k);
}

function scaled(r: number, corners: readonly Point[]): Point[] {
  return corners.map(([x, y]): Point => [x * r, y * r]);
}

function shifted(dy: number, corners: readonly Point[]): Point[] {
  return corners.map(([x, y]): Point => [x, y + dy]);
}

function circle(r: number): string {
  return oval(r, r);
}

function lens(r: number): string {
  const [tip, bulge] = [round(r * 1.2), round(r * 1.66)];
  return `M0 -${tip}Q${bulge} 0 0 ${tip}Q-${bulge} 0 0 -${tip}Z`;
}

function arch(r: number): string {
  const [w, top, low, foot, inner] = [round(r * 0.9), round(-r * 0.1), round(r * 0.62), round(r * 0.86), round(r * 0.66)];
  return `M-${w} ${top}A${w} ${w} 0 0 1 ${w} ${top}L${w} ${low}Q${w} ${foot} ${inner} ${foot}L-${inner} ${foot}Q-${w} ${foot} -${w} ${low}Z`;
}

/** Every shape is its own mirror image, faces up, and is about as large as a circle of `r`. Their order never changes. */
const SHAPES: readonly ((r: number) => string)[] = [
  circle,
  (r) => box(r * 0.92, 0.32),
  (r) => box(r * 0.94, 0.08),
  (r) => soft(ring(4, r * 1.22, 0), 0.12),
  (r) => soft(shifted(r * 0.2, ring(3, r * 1.22, 0)), 0.18),
  (r) => soft(shifted(-r * 0.18, ring(3, r * 1.28, Math.PI)), 0.18),
  (r) => soft(ring(6, r * 1.1, 0), 0.12),
  (r) => soft(ring(5, r * 1.12, 0), 0.13),
  (r) => lobes(3, r * 0.84, 0.515),
  (r) => lobes(4, r * 0.86, 0.53),
  (r) => lobes(6, r * 0.94, 0.56),
  (r) => soft(scaled(r, [[-1, 0.84], [-0.62, -0.94], [0.62, -0.94], [1, 0.84]]), 0.16),
  lens,
  (r) => oval(r * 1.22, r * 0.8),
  arch,
  (r) => soft(scaled(r, [[-0.72, -0.96], [0.72, -0.96], [0.98, 0.2], [0, 1], [-0.98, 0.2]]), 0.18),
];
