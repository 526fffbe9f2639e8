import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    // One page for every address; the server puts title, Open Graph and JSON-LD into it.
    // scripts/finish_build.mjs compresses, after it has taken the boot script out of the page.
    adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', strict: false }),
    // New releases are noticed when the next page is opened, not by polling.
    version: { pollInterval: 0 },
  },
};
