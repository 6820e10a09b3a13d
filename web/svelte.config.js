import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    // Elements are made one by one, never from HTML text: the content policy can forbid every Trusted Types policy.
    fragments: "tree",
  },
};
