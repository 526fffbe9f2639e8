import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` talks to this server; dev/mock_server.mjs is one without C++.
const server = process.env.GEILI_SERVER ?? 'http://127.0.0.1:8790';
const forward = { target: server, changeOrigin: false };

// What every page needs lies together: a slow network pays for each request.
function sharedChunk(id: string): string | undefined {
  if (/node_modules\/(?:svelte|esm-env|clsx|@sveltejs\/kit)\//.test(id)) return 'runtime';
  if (/\/src\/lib\/(?:api|state|ui|currency)\/|\/src\/lib\/i18n\/\w+(?:\.svelte)?\.ts/.test(id)) return 'base';
  return undefined;
}

export default defineConfig({
  plugins: [sveltekit()],
  build: {
    target: 'es2020',
    reportCompressedSize: false,
    rollupOptions: { output: { manualChunks: sharedChunk } },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { ...forward, ws: true },
      '/media': forward,
      '/live': forward,
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
