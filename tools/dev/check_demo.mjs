// Looks at a running demo as a newcomer would: node tools/dev/check_demo.mjs URL SEED_FILE
// The three links answer, and video parts arrive and go on arriving.
import { readFileSync } from 'node:fs';

const [base, seedFile] = process.argv.slice(2);
const seed = JSON.parse(readFileSync(seedFile, 'utf8'));
const VIDEO_WAIT_MS = 30_000;
const BETWEEN_LOOKS_MS = 300;

const pause = () => new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));

async function get(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}

async function checkPage(what, path) {
  const response = await get(base + path);
  const body = await response.text();
  if (!/text\/html/.test(response.headers.get('content-type') ?? '') || !/<title>/i.test(body)) {
    throw new Error(`${what} (${path}) is not a page`);
  }
  console.log(`good  ${what}`);
}

async function checkDocument() {
  const text = await (await get(`${base}/api/openapi.yaml`)).text();
  if (!/^openapi: 3\.1/m.test(text)) throw new Error('the API document is not OpenAPI 3.1');
  console.log('good  the API document');
}

async function until(what, attempt) {
  const end = Date.now() + VIDEO_WAIT_MS;
  for (let last = 'nothing arrived'; ; await pause()) {
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      last = error.message;
    }
    if (Date.now() > end) throw new Error(`${what}: ${last}`);
  }
}

async function mediaPlaylistUrl() {
  const url = new URL(seed.hls_path, base);
  const text = await (await get(url)).text();
  const variant = text.split('\n').find((line) => line !== '' && !line.startsWith('#'));
  if (text.includes('#EXT-X-STREAM-INF') && variant !== undefined) return new URL(variant.trim(), url);
  return text.includes('#EXTINF') || text.includes('#EXT-X-PART') ? url : undefined;
}

// The newest part of a playlist (RFC 8216bis section 4.4.4.9).
async function newestPart(playlist) {
  const text = await (await get(playlist)).text();
  const parts = [...text.matchAll(/#EXT-X-PART:.*?URI="([^"]+)"/g)];
  return parts.length > 0 ? new URL(parts.at(-1)[1], playlist).href : undefined;
}

async function checkVideo() {
  const playlist = await until('the playlist of the show', mediaPlaylistUrl);
  const first = await until('a part of the video', () => newestPart(playlist));
  const bytes = new Uint8Array(await (await get(first)).arrayBuffer());
  const box = String.fromCharCode(...bytes.subarray(4, 8));
  if (!['moof', 'styp', 'prft', 'emsg'].includes(box)) throw new Error(`a part begins with the box "${box}", not with moof`);
  await until('a newer part of the video', async () => {
    const part = await newestPart(playlist);
    return part !== first ? part : undefined;
  });
  console.log(`good  video: parts of ${bytes.length} bytes arrive`);
}

try {
  await checkPage('the show', seed.show_path);
  await checkPage('the studio', seed.studio_path);
  await checkPage('the API page', '/api-docs');
  await checkDocument();
  await checkVideo();
} catch (error) {
  console.error(`bad   ${error.message}`);
  process.exit(1);
}
