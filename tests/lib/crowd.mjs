// Many viewers of a room who only listen, by sockets of this process; and what the server's process holds meanwhile.
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';

const kAtOnce = 500;
const kUpgradeMax_ms = 30_000;

function viewer(url, showId) {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.setTimeout(kUpgradeMax_ms, () => socket.destroy(new Error('no answer to the handshake')));
    socket.once('error', reject);
    socket.once('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (!text.startsWith('HTTP/1.1 101 ')) return socket.destroy(new Error(`refused: ${text.slice(0, 300)}`));
      socket.removeListener('error', reject).on('error', () => {});
      socket.setTimeout(0);
      socket.on('data', () => {});
      resolve(socket);
    });
    socket.write(`GET /api/v1/shows/${showId}/room HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
      + 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n');
  });
}

export class Crowd {
  #sockets = [];

  constructor(url, showId) {
    this.url = url;
    this.showId = showId;
  }

  async come(count) {
    for (let left = count; left > 0; left -= kAtOnce) {
      this.#sockets.push(...await Promise.all(Array.from({ length: Math.min(left, kAtOnce) }, () => viewer(this.url, this.showId))));
    }
  }

  // As phones do: half of them in a tunnel, half with the page closed.
  leave() {
    for (const [i, socket] of this.#sockets.splice(0).entries()) {
      if (i % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }
  }
}

// {files, resident_kib, own_kib}: of a process; own is what no file stands behind.
export async function heldBy(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'latin1');
  const kib = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)[1]);
  return { files: (await readdir(`/proc/${pid}/fd`)).length, resident_kib: kib('VmRSS'), own_kib: kib('RssAnon') };
}

export async function figureOf(url, name) {
  const text = await (await fetch(new URL('/metrics', url))).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)[1]);
}
