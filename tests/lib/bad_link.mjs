// A bad network between a test's programs: bench/impair.cpp as a child process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { kBinary } from './server.mjs';

// Both programs come of one build.
const program = () => path.join(path.dirname(kBinary), '../bench/impair');

export class BadLink {
  #child;
  #closed;
  #lines;
  #log = [];

  /** routes: [{udp | tcp: 'LISTEN', to: 'TARGET'}], each as '127.0.0.2:5004'; set: what change() takes. */
  static async open({ routes, seed = 1, set = {} }) {
    const link = new BadLink();
    const args = routes.flatMap(({ udp, tcp, to }) => (udp ? ['--udp', `${udp}=${to}`] : ['--tcp', `${tcp}=${to}`]));
    link.#child = spawn(program(), [...args, '--seed', String(seed), '--set', JSON.stringify(set)], { stdio: ['pipe', 'pipe', 'pipe'] });
    link.#closed = once(link.#child, 'close');
    link.#child.stderr.setEncoding('utf8').on('data', (text) => link.#log.push(text));
    link.#lines = createInterface({ input: link.#child.stdout })[Symbol.asyncIterator]();
    /** Where it listens: {udp: [], tcp: []}. */
    link.address = await link.#answer();
    return link;
  }

  /** E.g. {both: {loss_permille: 50, delay_ms: 50}, cut: 'all'}; gives the figures so far. */
  async change(what) {
    this.#child.stdin.write(`${JSON.stringify(what)}\n`);
    const answer = await this.#answer();
    if (answer.error) throw new Error(`impair: ${answer.field ?? ''} ${answer.detail}`);
    return answer;
  }

  figures() { return this.change({}); }

  async close() {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.stdin.end();
    await exited;
  }

  async #answer() {
    const { value, done } = await this.#lines.next();
    if (done) {
      await this.#closed;  // until then its last words may still come
      throw new Error(`impair ended: ${this.#log.join('')}`);
    }
    return JSON.parse(value);
  }
}
