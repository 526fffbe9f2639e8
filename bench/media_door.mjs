// The media plane without the rest of the server, as a child process: see media_server.hpp for what is said.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../build/release/bench/media_door');

export class MediaDoor {
  #child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  #waiting = [];
  #bytes = Buffer.alloc(0);

  constructor() {
    this.#child.stdout.on('data', (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#read();
    });
    this.#child.once('exit', () => this.#waiting.splice(0).forEach(({ reject }) => reject(new Error('the media plane ended'))));
  }

  /** WHIP: {session, sdp}. */
  publish(offer) { return this.#ask('P', offer); }
  /** WHEP: the same; fails while there is nothing to play. */
  play(offer) { return this.#ask('V', offer); }

  async close() {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await new Promise((resolve) => this.#child.once('exit', resolve));
  }

  #ask(kind, text) {
    const body = Buffer.from(text);
    const head = Buffer.alloc(5);
    head.write(kind);
    head.writeUInt32BE(body.length, 1);
    this.#child.stdin.write(Buffer.concat([head, body]));
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #read() {
    while (this.#bytes.length >= 5) {
      const size = 5 + this.#bytes.readUInt32BE(1);
      if (this.#bytes.length < size) return;
      const kind = String.fromCharCode(this.#bytes[0]);
      const text = this.#bytes.subarray(5, size).toString();
      this.#bytes = this.#bytes.subarray(size);
      const { resolve, reject } = this.#waiting.shift();
      if (kind !== '+') { reject(new Error(text)); continue; }
      const end = text.indexOf('\n');
      resolve({ session: text.slice(0, end), sdp: text.slice(end + 1) });
    }
  }
}
