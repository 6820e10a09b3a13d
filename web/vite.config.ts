import { svelte } from "@sveltejs/vite-plugin-svelte";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const LOCALES = new URL("../locales/", import.meta.url);

/**
 * Sentences as a page fetches them: those that a language awaits (`locales/awaiting.txt`) from English, so that one language is
 * enough; and without what is said to who writes them.
 */
function sentences(): Plugin {
  return {
    name: "sentences",
    enforce: "pre",
    load(id) {
      const [, language, name] = /locales\/([a-z]+)\/([a-z]+\.ftl)\?raw$/u.exec(id) ?? [];
      if (language === undefined || name === undefined) return undefined;
      const read = (path: string) => readFileSync(new URL(path, LOCALES), "utf8");
      const lines = read("awaiting.txt").split("\n").map((line) => line.split(" "));
      const ids = lines.filter(([tag]) => tag === language).map(([, id]) => id);
      const english = read(`en/${name}`).split(/^(?=[a-z#])/mu);
      const put = english.filter((sentence) => ids.includes(sentence.split(" =")[0]));
      const said = (read(`${language}/${name}`) + put.join("")).replaceAll(/^(?:#.*)?\n/gmu, "");
      return `export default ${JSON.stringify(said)}`;
    },
  };
}

interface Group {
  name: string;
  priority?: number;
  test: (id: string) => boolean;
}

/**
 * What a page needs before it can paint comes in two files: what both pages need, and what this one does. Left to itself a build
 * makes twenty small ones of it, one for each set of later parts that share something, which packs worse and asks more often.
 */
function firstPaint(entries: Record<string, string>): { plugin: Plugin; groups: Group[] } {
  const needed = new Map<string, Set<string>>();
  const pagesOf = (id: string) => [...needed].filter(([, modules]) => modules.has(id)).map(([name]) => name);
  /** The page itself stays where its address says. */
  const own = (id: string, page: string) => !id.endsWith(".html") && !id.endsWith(`/src/${page}.ts`);
  return {
    plugin: {
      name: "first-paint",
      buildEnd() {
        const all = [...this.getModuleIds()];
        for (const [name, html] of Object.entries(entries)) {
          const seen = new Set(all.filter((id) => id.endsWith(`/web/${html}`)));
          for (const id of seen) for (const next of this.getModuleInfo(id)?.importedIds ?? []) seen.add(next);
          needed.set(name, seen);
        }
      },
    },
    groups: [
      { name: "shared", priority: 1, test: (id) => pagesOf(id).length > 1 },
      ...Object.keys(entries).map((page) => ({ name: `${page}-first`, test: (id: string) => pagesOf(id).join() === page && own(id, page) })),
    ],
  };
}

const PAGES = { home: "home.html", app: "app.html" };
const first = firstPaint(PAGES);

// Two pages, which the agent serves at `/` according to the origin. File names carry no hash: the agent answers with an
// ETag, and a rebuild then shows as a change of content, not of names, in the committed `dist`.
export default defineConfig({
  plugins: [sentences(), svelte(), first.plugin],
  server: { host: "127.0.0.1" },
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: PAGES,
      output: {
        entryFileNames: "assets/[name].js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/[name][extname]",
        codeSplitting: { groups: first.groups },
      },
    },
  },
});
