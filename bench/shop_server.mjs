// Starts the real server on a data folder of its own, with the demo village in it, for benchmarks over HTTP.
// GEILI_BINARY names the program, GEILI_WEB_ROOT the built web app.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const run = promisify(execFile);

function programOf(name) {
  if (name === 'geili') {
    return process.env.GEILI_BINARY ?? path.join(root, 'build/release/src/geili');
  }
  return path.join(root, 'build/release/bench', name);
}

async function firstLine(child) {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error('the server ended before it was ready');
}

async function signIn(url, token) {
  const answer = await fetch(`${url}/api/v1/session/link`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (answer.status !== 200) throw new Error(`signing in was answered ${answer.status}`);
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const { csrf_token: csrf } = await answer.json();
  return { Cookie: cookie, 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
}

// `work({ url, show, necklace, addProduct, load, pid, … })`: `addProduct(stock)` gives the id of a new product of the
// pearl shop, `load(program, args)` runs a load generator whose JSON lines go to standard output.
export async function withShopServer(work) {
  const data = await mkdtemp(path.join(tmpdir(), 'geili-bench-'));
  const environment = {
    ...process.env,
    GEILI_DATA_DIR: data,
    GEILI_SERVER_PORT: '0',
    GEILI_RTMP_PORT: '0',
    GEILI_SRT_PORT: '0',
    GEILI_LOG_LEVEL: 'warn',
  };
  delete environment.GEILI_BINARY;
  delete environment.GEILI_WEB_ROOT;
  if (process.env.GEILI_WEB_ROOT) environment.GEILI_SERVER_WEB_ROOT = process.env.GEILI_WEB_ROOT;
  const options = { cwd: root, env: environment };
  const seeded = JSON.parse((await run(programOf('geili'), ['demo', 'seed'], options)).stdout);
  const server = spawn(programOf('geili'), ['serve'], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const { url, rtmp_url: rtmpUrl } = await firstLine(server);
    const seller = await signIn(url, seeded.studio_path.split('#')[1]);
    const necklace = await (await fetch(`${url}/api/v1/products/${seeded.necklace_id}`)).json();
    const addProduct = async (stock) => {
      const answer = await fetch(`${url}/api/v1/shops/${necklace.shop_id}/products`, {
        method: 'POST',
        headers: seller,
        body: JSON.stringify({ title: 'Pearl by the hundred', price: necklace.price, stock }),
      });
      if (answer.status !== 201) throw new Error(`a product was answered ${answer.status}`);
      return (await answer.json()).id;
    };
    const load = async (program, args) => {
      const child = spawn(programOf(program), ['--url', url, ...args], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const code = await new Promise((resolve) => child.once('exit', resolve));
      if (code !== 0) throw new Error(`${program} ended with ${code}`);
    };
    const show = seeded.show_path.split('/').pop();
    await work({ url, rtmpUrl, streamKey: seeded.broadcasts[0].key, show, necklace, addProduct, load, pid: server.pid });
  } finally {
    server.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  }
}
