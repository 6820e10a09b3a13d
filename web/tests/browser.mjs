/** What every test in a browser shares: how Chromium is started, and how axe looks at a page. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Chromium is `CHROMIUM`, or /usr/bin/chromium. It speaks to nobody by itself. */
export const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** Says of a window when what was painted, as it is loaded: the first of the rows that a selector finds, and so many of them. */
export function watchPaint([selector, wanted]) {
  globalThis.paint = {};
  const look = () => {
    const rows = document.querySelectorAll(selector).length;
    if (rows > 0) globalThis.paint.first ??= performance.now();
    if (rows >= wanted) globalThis.paint.all ??= performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** axe in an isolated world, where the page's own policy holds it up no more than it would a browser extension. */
export async function violations(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  await session.send("Runtime.evaluate", { expression: axe, contextId: executionContextId });
  const { result } = await session.send("Runtime.evaluate", {
    expression: "axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))",
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return JSON.parse(result.value).flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `axe ${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split("\n").slice(1, 3).join(" ")}`,
    ),
  );
}
