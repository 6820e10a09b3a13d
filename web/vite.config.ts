import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// Two pages, which the agent serves at `/` according to the origin. File names carry no hash: the agent answers with an
// ETag, and a rebuild then shows as a change of content, not of names, in the committed `dist`.
export default defineConfig({
  plugins: [svelte()],
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
