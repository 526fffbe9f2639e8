import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` talks to this server; dev/mock_server.mjs is one without C++.
const server = process.env.GEILI_SERVER ?? 'http://127.0.0.1:8790';
const forward = { target: server, changeOrigin: false };

export default defineConfig({
  plugins: [sveltekit()],
  build: { target: 'es2020', reportCompressedSize: false },
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
