// Serves the built pages over a village in memory, to work on the pages without the C++ server.
// Usage: node dev/mock_server.mjs [port] [folder of HLS files]
// MOCK_ROLE=seller|helper, MOCK_OUT=1 (nobody signed in), MOCK_QUIET=1 (nobody talks), MOCK_FLAKY=1 (orders fail at first).
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeApi, Refusal } from './mock_api.mjs';
import { addOrders, makeWorld } from './mock_data.mjs';
import { MockRoom } from './mock_room.mjs';

const kWeb = fileURLToPath(new URL('..', import.meta.url));
const kTypes = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.jpg': 'image/jpeg', '.png': 'image/png',
  '.json': 'application/json', '.m3u8': 'application/vnd.apple.mpegurl', '.m4s': 'video/mp4', '.mp4': 'video/mp4',
};
const kPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; "
  + "media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

const port = Number(process.argv[2] ?? 8790);
const hlsFolder = process.argv[3] ?? '';
const world = makeWorld();
addOrders(world);
const rooms = new Map();
const device = { name: '' };

function cardOf(id) {
  const { title, price, photos, stock } = world.products.find((product) => product.id === id);
  return { product_id: id, title, price, photo: photos[0]?.small, available: stock };
}

function roomOf(id) {
  if (!rooms.has(id)) rooms.set(id, new MockRoom(world.shows.find((show) => show.id === id), cardOf));
  return rooms.get(id);
}

const api = makeApi(world, roomOf);
const routes = Object.entries(api).map(([name, handle]) => {
  const [method, path] = name.split(' ');
  return { method, pattern: new RegExp(`^/api/v1${path.replace(/\{(\w)\}/g, '(?<$1>[^/]+)')}$`), handle };
});

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const isJson = request.headers['content-type'] === 'application/json';
  return isJson ? JSON.parse(Buffer.concat(chunks).toString() || '{}') : undefined;
}

async function answerApi(request, response, url) {
  const body = await bodyOf(request);
  const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(url.pathname));
  await new Promise((resolve) => setTimeout(resolve, Number(process.env.MOCK_DELAY_MS ?? 60)));
  try {
    if (!route) throw new Refusal(404, 'not-found');
    const params = route.pattern.exec(url.pathname).groups ?? {};
    const data = route.handle({ ...params, body, query: url.searchParams, headers: request.headers, device, origin: `http://${request.headers.host}` });
    const headers = { 'Content-Type': 'application/json' };
    if (data?.version) headers.ETag = `"${data.version}"`;
    response.writeHead(data === undefined ? 204 : 200, headers).end(data === undefined ? undefined : JSON.stringify(data));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem = { type: `/problems/${error.code}`, title: error.code, status: error.status, ...error.more };
    response.writeHead(error.status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem));
  }
}

function answerFile(response, path) {
  const folder = path.startsWith('/assets/demo/') ? join(kWeb, '..') : path.startsWith('/live/') ? hlsFolder : join(kWeb, 'build');
  const name = path.startsWith('/live/') ? path.split('/').pop() : normalize(path);
  const file = join(folder, name);
  if (folder && existsSync(file) && statSync(file).isFile()) {
    response.writeHead(200, { 'Content-Type': kTypes[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  } else if (extname(path)) {
    response.writeHead(404).end();
  } else {
    const html = readFileSync(join(kWeb, 'build/index.html'), 'utf8').replace('<!--geili:head-->', '<title>Geili</title>');
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': kPolicy }).end(html);
  }
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname.startsWith('/api/v1/')) void answerApi(request, response, url);
  else answerFile(response, decodeURIComponent(url.pathname));
});
server.on('upgrade', (request, socket) => {
  const id = /shows\/(\d+)\/room/.exec(request.url)?.[1];
  if (world.shows.some((show) => show.id === id)) roomOf(id).accept(request, socket, device);
  else socket.destroy();
});
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
