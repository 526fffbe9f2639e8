// A phone that broadcasts: ffmpeg pushes the demo's clip in a loop through the real RTMP or SRT port.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { kRoot } from './server.mjs';

const kClip = path.join(kRoot, 'assets/demo/pearl-village.mp4');

export class Publisher {
  #process;

  constructor(address) {
    this.address = address;
    this.start();
  }

  start() {
    this.#process = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-re', '-stream_loop', '-1', '-i', kClip,
      '-c', 'copy', '-f', this.address.startsWith('rtmp:') ? 'flv' : 'mpegts', this.address], { stdio: 'ignore' });
  }

  /** The phone dies: the connection breaks off without a farewell. */
  async kill() {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Waits until ffmpeg has noticed by itself that the server is gone. */
  async ended() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit');
  }
}
