// One real server in a folder of its own; it can be killed and started again on the same data and ports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

export const kRoot = fileURLToPath(new URL('../../../', import.meta.url));
const kBinary = process.env.GEILI_BINARY ?? path.join(kRoot, 'build/dev/src/geili');
const kWebRoot = process.env.GEILI_WEB_ROOT ?? path.join(kRoot, 'web/build');
const kLogLinesMax = 200;

export class Server {
  #process;
  #ports = { http: 0, rtmp: 0 };
  #log = [];

  static async start() {
    const server = new Server();
    server.dataDir = await mkdtemp(path.join(tmpdir(), 'geili-e2e-'));
    await server.startAgain();
    return server;
  }

  /** On the same data, and the same ports as the first time. */
  async startAgain() {
    const flags = {
      'data-dir': this.dataDir, 'server-web-root': kWebRoot, 'server-port': this.#ports.http, 'rtmp-port': this.#ports.rtmp,
      'log-format': 'json',
    };
    const child = spawn(kBinary, ['serve', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])],
      { cwd: kRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    readline.createInterface({ input: child.stderr }).on('line', (line) => {
      this.#log.push(line);
      if (this.#log.length > kLogLinesMax) this.#log.shift();
    });
    const ready = JSON.parse(await this.#firstLine(child));
    this.url = ready.url;
    this.rtmpUrl = ready.rtmp_url;
    this.setUpToken = ready.setup_url?.split('#')[1];
    this.#ports = { http: Number(new URL(ready.url).port), rtmp: Number(new URL(ready.rtmp_url).port) };
  }

  async #firstLine(child) {
    const lines = readline.createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`The server ended before it was ready (${signal ?? code}):\n${this.log}`);
    });
    ended.catch(() => {});
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    return line;
  }

  get log() {
    return this.#log.join('\n');
  }

  /** `kill -9`: nothing is written any more, nobody is told. */
  async kill() {
    await this.#end('SIGKILL');
  }

  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async close() {
    await this.#end('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Runs another verb of the program on this server's data; answers its standard output. */
  async run(...words) {
    const child = spawn(kBinary, [...words, '--data-dir', this.dataDir], { cwd: kRoot, stdio: ['ignore', 'pipe', 'inherit'] });
    const [output, [code]] = await Promise.all([child.stdout.setEncoding('utf8').toArray(), once(child, 'exit')]);
    if (code !== 0) throw new Error(`geili ${words.join(' ')} ended with ${code}`);
    return output.join('');
  }
}
