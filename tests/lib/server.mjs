// A real server on a data folder of its own. It is ended by its process id, never by name.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { databaseOf, kInPostgres, sharedServer } from './postgres.mjs';

// The top of the source tree, with a slash at its end.
export const kRoot = fileURLToPath(new URL('../../', import.meta.url));
export const kBinary = process.env.GEILI_BINARY;
// Many sign-ins from one address are a test's everyday; a flag of the test's own overrules this.
const kEnvironment = {
  ...process.env,
  GEILI_SIGN_IN_ATTEMPTS_PER_ACCOUNT_MAX: '1000',
  GEILI_SIGN_IN_ATTEMPTS_PER_ADDRESS_MAX: '1000',
};
const kReadyMax_ms = 20_000;
const kAskAgain_ms = 200;

export class Server {
  #child;
  #log = [];
  #arguments;
  #environment;
  #storeUrl;

  // url, rtmp_url, srt_url and, until there is an administrator, setup_url.
  address = {};

  constructor(dataDir, extraArguments, extraEnvironment) {
    this.dataDir = dataDir;
    this.#arguments = extraArguments;
    this.#environment = { ...kEnvironment, ...extraEnvironment };
  }

  // Starts a server; `dataDir` is made when it is not given, and removed by remove(). `beside` is a server whose
  // PostgreSQL database it shares.
  static async start({ dataDir, webRoot, args = [], env = {}, beside } = {}) {
    if (!kBinary) throw new Error('GEILI_BINARY names no program: run ./dev test contract');
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'geili-test-')));
    const server = new Server(folder, [...(webRoot ? ['--server-web-root', webRoot] : []), ...args], env);
    if (kInPostgres) server.#storeUrl = beside ? beside.#storeUrl : await (await sharedServer()).makeDatabase();
    await server.start();
    return server;
  }

  get url() { return this.address.url; }
  get rtmpUrl() { return this.address.rtmp_url; }
  get srtUrl() { return this.address.srt_url; }
  // What tells any verb of the program where this server's data is.
  get dataFlags() { return ['--data-dir', this.dataDir, ...(this.#storeUrl ? ['--store-url', this.#storeUrl] : [])]; }
  get pid() { return this.#child.pid; }
  get log() { return this.#log.join(''); }

  async start({ port = 0, rtmpPort = 0, srtPort = 0 } = {}) {
    this.#child = spawn(kBinary, ['serve', ...this.dataFlags, '--server-port', String(port),
      '--rtmp-port', String(rtmpPort), '--srt-port', String(srtPort), '--webrtc-port', '0', ...this.#arguments], { stdio: ['ignore', 'pipe', 'pipe'], env: this.#environment });
    this.#child.stderr.setEncoding('utf8').on('data', (text) => this.#log.push(text));
    const child = this.#child;
    const ended = once(child, 'exit').then(() => { throw new Error(`The server ended:\n${this.log}`); });
    ended.catch(() => {});
    const timer = setTimeout(() => child.kill('SIGKILL'), kReadyMax_ms);
    try {
      const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
      this.address = JSON.parse(line);
    } finally {
      clearTimeout(timer);
    }
  }

  // One statement past the server, as the host might say it.
  async sql(statement) {
    if (this.#storeUrl) return (await sharedServer()).say(databaseOf(this.#storeUrl), statement);
    const ran = spawnSync('sqlite3', ['-cmd', '.timeout 5000', join(this.dataDir, 'geili.db'), statement], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`sqlite3: ${ran.error ?? ran.stderr}`);
  }

  // As the power failing: nothing is flushed, nothing is said.
  async kill() { await this.#end('SIGKILL'); }
  async stop() { await this.#end('SIGTERM'); }

  // Starts on the same data and ports again, as a page that is open expects. A port may have gone to somebody else's
  // connection meanwhile, and is free when that ends.
  async startAgain() {
    const [port, rtmpPort, srtPort] = [this.url, this.rtmpUrl, this.srtUrl].map((url) => Number(new URL(url).port));
    for (const end = Date.now() + kReadyMax_ms; ;) {
      const said = this.#log.length;
      try {
        return await this.start({ port, rtmpPort, srtPort });
      } catch (error) {
        if (!this.#log.slice(said).join('').includes('Address already in use') || Date.now() > end) throw error;
        await delay(kAskAgain_ms);
      }
    }
  }

  async remove() {
    await this.kill();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal) {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    process.kill(this.#child.pid, signal);
    await exited;
  }
}
