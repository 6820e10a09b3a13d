import { svelte } from "@sveltejs/vite-plugin-svelte";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const LOCALES = new URL("../locales/", import.meta.url);

/** Sentences that a language awaits (`locales/awaiting.txt`) are put in from English, so that a page fetches one language. */
function awaited(): Plugin {
  return {
    name: "awaited-sentences",
    enforce: "pre",
    load(id) {
      const [, language, name] = /locales\/([a-z]+)\/([a-z]+\.ftl)\?raw$/u.exec(id) ?? [];
      if (language === undefined || name === undefined || language === "en") return undefined;
      const read = (path: string) => readFileSync(new URL(path, LOCALES), "utf8");
      const lines = read("awaiting.txt").split("\n").map((line) => line.split(" "));
      const ids = lines.filter(([tag]) => tag === language).map(([, id]) => id);
      const english = read(`en/${name}`).split(/^(?=[a-z#])/mu);
      const put = english.filter((sentence) => ids.includes(sentence.split(" =")[0]));
      return `export default ${JSON.stringify(read(`${language}/${name}`) + put.join(""))}`;
    },
  };
}

// Two pages, which the agent serves at `/` according to the origin. File names carry no hash: the agent answers with an
// ETag, and a rebuild then shows as a change of content, not of names, in the committed `dist`.
export default defineConfig({
  plugins: [awaited(), svelte()],
  server: { host: "127.0.0.1" },
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { home: "home.html", app: "app.html" },
      output: {
        entryFileNames: "assets/[name].js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/[name][extname]",
      },
    },
  },
});
