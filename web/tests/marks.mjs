/**
 * The mark drawn in a page is the reference drawing, element for element: `spec/vectors/mark.json`, which the launcher's
 * drawing in Rust follows too. Ids differ (they are unique in a page), so they are taken out on both sides.
 */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { transformWithOxc } from "vite";

const here = (path) => new URL(path, import.meta.url);

/** Compares every vector, in a page of `browser`. */
export async function compareMarks(browser) {
  const source = await readFile(here("../src/lib/mark.ts"), "utf8");
  const { code } = await transformWithOxc(source, "mark.ts");
  const { marks, halves } = JSON.parse(await readFile(here("../../spec/vectors/mark.json"), "utf8"));
  const page = await browser.newPage();
  const module = `data:text/javascript,${encodeURIComponent(code)}`;
  const draw = (mark, side) =>
    page.evaluate(
      async ([from, mark, side]) => {
        const { drawMark, hues } = await import(from);
        const svg = drawMark(mark, side, "");
        return [svg.outerHTML, hues(mark)];
      },
      [module, mark, side],
    );
  const reference = (svg) =>
    page.evaluate((svg) => new DOMParser().parseFromString(svg, "text/html").querySelector("svg").outerHTML, svg);

  for (const { mark, hues, page: svg } of marks) {
    const [drawn, pair] = await draw(mark, "inviter");
    assert.deepEqual(pair, hues, mark);
    assert.deepEqual(shapes(drawn), shapes(await reference(svg)), mark);
  }
  for (const { own, side, svg } of halves) {
    const [drawn] = await draw(own, side);
    assert.deepEqual(shapes(drawn), shapes(await reference(svg)), own);
  }
  await page.close();
  return marks.length + halves.length;
}

/** Every element with its attributes in order of name, without ids and hues. */
function shapes(svg) {
  return [...svg.matchAll(/<(\w+)((?: [\w:-]+="[^"]*")*)/gu)].map(([, name, attributes]) => {
    const pairs = [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/gu)].map(([, key, value]) => `${key}=${value.trim()}`);
    const kept = pairs.filter((pair) => !/^(?:id|xmlns|style)=/u.test(pair));
    return [name, ...kept.map((pair) => pair.replace(/url\(#[^)]*\)/u, "url()")).sort()];
  });
}
