// The publisher's end of RTMP as bytes: enough to publish, and to say anything wrongly.
import { connect } from 'node:net';

const kWaitMax_ms = 10_000;
const kChunkBytes = 128;
const kHandshakeBytes = 1536;
export const kType = { chunkSize: 1, audio: 8, video: 9, command: 20 };

const text = (value) => Buffer.from(value, 'latin1');

function u(bytes, value) {
  const out = Buffer.alloc(bytes);
  out.writeUIntBE(value, 0, bytes);
  return out;
}

// AMF0: null, numbers, strings and plain objects.
export function amf(value) {
  if (value === null) return u(1, 5);
  if (typeof value === 'number') {
    const out = Buffer.alloc(9);
    out.writeDoubleBE(value, 1);
    return out;
  }
  if (typeof value === 'string') {
    return value.length < 65536 ? Buffer.concat([u(1, 2), u(2, value.length), text(value)])
      : Buffer.concat([u(1, 12), u(4, value.length), text(value)]);
  }
  const members = Object.entries(value).map(([name, v]) => Buffer.concat([u(2, name.length), text(name), amf(v)]));
  return Buffer.concat([u(1, 3), ...members, u(3, 9)]);
}

// One chunk's header in its longest form.
export const chunkHead = (chunkStream, length, type, { streamId = 0, time_ms = 0 } = {}) =>
  Buffer.concat([u(1, chunkStream), u(3, time_ms), u(3, length), u(1, type), u(4, streamId).reverse()]);

export function message(type, body, options = {}) {
  const parts = [chunkHead(6, body.length, type, options)];
  for (let at = 0; at < body.length; at += kChunkBytes) {
    if (at > 0) parts.push(u(1, 0xc6));
    parts.push(body.subarray(at, at + kChunkBytes));
  }
  return Buffer.concat(parts);
}

export const command = (values, options) => message(kType.command, Buffer.concat(values.map(amf)), options);
export const hello = Buffer.concat([u(1, 3), Buffer.alloc(2 * kHandshakeBytes, 0x5a)]);
export const connectTo = (app) => command(['connect', 1, { app, type: 'nonprivate' }]);
export const createStream = command(['createStream', 2, null]);
export const publishAs = (key) => command(['publish', 3, null, key, 'live'], { streamId: 1 });
export const publishing = (key, app = 'live') => Buffer.concat([hello, connectTo(app), createStream, publishAs(key)]);

const video = (hex, time_ms) => message(kType.video, Buffer.from(hex, 'hex'), { streamId: 1, time_ms });
export const pictureSets = (time_ms = 0) =>
  video('17000000000142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa801000468ce0fc8', time_ms);
export const keyFrame = (time_ms = 0) => video('1701000000000000056588840a0b', time_ms);

// A connection; `codes` are those of the answers and statuses that came ("NetStream.Publish.Start").
export class RtmpClient {
  #socket;
  #bytes = Buffer.alloc(0);
  #waiting = new Set();
  isClosed = false;

  constructor(url) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port) });
    this.#socket.on('error', () => {});
    this.#socket.on('data', (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#wake();
    });
    this.#socket.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  get codes() {
    return this.#bytes.subarray(1 + 2 * kHandshakeBytes).toString('latin1').match(/Net(?:Stream|Connection)\.[A-Za-z.]+/g) ?? [];
  }
  get receivedBytes() { return this.#bytes.length; }

  send(bytes) { this.#socket.write(bytes); }
  drop() { this.#socket.destroy(); }

  until(holds, what) {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`not seen: ${what}; ${this.codes}`))), kWaitMax_ms);
      const entry = () => { if (holds()) end(resolve); };
      const end = (settle) => {
        clearTimeout(timer);
        this.#waiting.delete(entry);
        settle();
      };
      this.#waiting.add(entry);
    });
  }

  // Sends all and answers with the codes that came until the server closed, as it has to.
  static async talk(url, bytes) {
    const client = new RtmpClient(url);
    client.send(bytes);
    await client.until(() => client.isClosed, 'the end of the connection');
    return client.codes;
  }

  // A publisher that was let in.
  static async publish(url, key) {
    const client = new RtmpClient(url);
    client.send(publishing(key));
    await client.until(() => client.isClosed || client.codes.some((code) => code.startsWith('NetStream.')), 'a status');
    return client;
  }

  #wake() { for (const entry of [...this.#waiting]) entry(); }
}
