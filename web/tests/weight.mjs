/**
 * What a browser fetches before a contact's app can paint: the page, its styles, the scripts that it imports and those that they
 * do, and one language. No more than is written here, by gzip; what comes later (`import()`) is not counted.
 *
 * `node tests/weight.mjs`; a part of `npm test`. The agent sends files as they are, as nothing lies between it and the browser: the figure stands for
 * what is to be read and understood.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
/** Bytes of a contact's app in the language that takes the least; kept so that it can't grow unnoticed. */
const MOST = 60_000;

const read = (path) => readFileSync(new URL(path, DIST));
const page = read("app.html").toString();
const wanted = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/gu)].map(([, path]) => path));
for (const path of wanted) {
  if (!path.endsWith(".js")) continue;
  // A built file imports at its beginning; `import(` is later's.
  for (const [, name] of read(path).toString().matchAll(/(?:^|[;}])(?:import|export)[^;"'`()]*["'`]\.\/([^"'`]+)["'`]/gu)) wanted.add(`assets/${name}`);
}
wanted.add("assets/en.js");
const files = ["app.html", ...wanted].map(read);
const sum = (pack) => files.reduce((all, file) => all + pack(file).length, 0);
const gzip = sum((file) => gzipSync(file, { level: 9 }));
console.log(`a contact's app before its first paint: ${files.length} files, ${gzip} bytes by gzip, ${sum(brotliCompressSync)} by brotli`);
assert.ok(wanted.size > 5, "the files were found");
assert.ok(gzip <= MOST, `${gzip} bytes by gzip are more than ${MOST}: let something come later, or write it shorter`);
