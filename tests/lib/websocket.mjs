// The viewer's end of a room: a small WebSocket client (RFC 6455) that holds every frame and command to
// api/live-events.yaml.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { commandFaults, frameFaults } from './contract.mjs';

const kGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
export const kOpcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };
const kWaitMax_ms = 10_000;

function lengthBytes(length) {
  if (length < 126) return Buffer.from([length]);
  if (length < 65536) return Buffer.from([126, length >> 8, length & 255]);
  const long = Buffer.alloc(9, 127);
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}

// What is left out is as it should be; a test that wants a broken frame says what to break.
function encodeFrame(opcode, payload, { isLast = true, isMasked = true, reserved = 0, length = payload.length } = {}) {
  const told = lengthBytes(length);
  if (isMasked) told[0] |= 0x80;
  const head = Buffer.from([(isLast ? 0x80 : 0) | (reserved << 4) | opcode]);
  if (!isMasked) return Buffer.concat([head, told, payload]);
  const mask = randomBytes(4);
  return Buffer.concat([head, told, mask, Buffer.from(payload.map((byte, i) => byte ^ mask[i & 3]))]);
}

// The first whole frame of `bytes`: {opcode, isLast, payload, size}, or undefined.
function decodeFrame(bytes) {
  if (bytes.length < 2) return undefined;
  let length = bytes[1] & 127;
  let at = 2;
  if (length === 126) [length, at] = bytes.length < 4 ? [Infinity, 4] : [bytes.readUInt16BE(2), 4];
  else if (length === 127) [length, at] = bytes.length < 10 ? [Infinity, 10] : [Number(bytes.readBigUInt64BE(2)), 10];
  if (bytes.length < at + length) return undefined;
  assert.equal(bytes[1] & 128, 0, 'a server does not mask');
  return { opcode: bytes[0] & 15, isLast: (bytes[0] & 128) !== 0, payload: bytes.subarray(at, at + length), size: at + length };
}

function handshake(url, headers) {
  const key = randomBytes(16).toString('base64');
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers: { connection: 'Upgrade', upgrade: 'websocket',
      'sec-websocket-version': '13', 'sec-websocket-key': key, ...headers } });
    request.setTimeout(kWaitMax_ms, () => request.destroy(new Error('no answer to the handshake')));
    request.on('error', reject);
    request.on('response', (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, json: JSON.parse(Buffer.concat(parts).toString()) }));
    });
    request.on('upgrade', (response, socket, first) => {
      const accept = createHash('sha1').update(key + kGuid).digest('base64');
      assert.equal(response.headers['sec-websocket-accept'], accept);
      socket.setTimeout(0);
      resolve({ status: 101, socket, first });
    });
    request.end();
  });
}

export class Room {
  #socket;
  #bytes = Buffer.alloc(0);
  #waiting = new Set();
  #seq;           // of the newest event that is known

  snapshot;
  events = [];    // numbered, as they came
  state = {};     // the newest of each member; stock and hands by product, deals by id
  refused = [];
  own = [];       // said, and shown to nobody else
  wanted = [];    // ordered in the chat, and answered to nobody else
  closed;         // {code, reason} once it is

  // Joins as the person or device of a Client. Answers {status, json} when the server refuses.
  static async join(client, showId, { since, epoch, origin = client.url, address } = {}) {
    const url = new URL(`/api/v1/shows/${showId}/room`, client.url);
    if (since !== undefined) url.searchParams.set('since', since);
    if (epoch !== undefined) url.searchParams.set('epoch', epoch);
    const headers = {};
    // Behind a proxy that the server trusts.
    if (address) headers['x-forwarded-for'] = address;
    if (origin) headers.origin = origin;
    if (client.cookies.size > 0) headers.cookie = [...client.cookies].map(([n, v]) => `${n}=${v}`).join('; ');
    const opened = await handshake(url, headers);
    if (opened.status !== 101) return opened;
    const room = new Room(opened.socket, opened.first, since);
    await room.until(() => room.snapshot || room.events.length > 0 || Object.keys(room.state).length > 0
      || room.closed, 'the first frame');
    return room;
  }

  constructor(socket, first, since) {
    this.#socket = socket;
    this.#seq = since;
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', () => {});
    socket.on('close', () => this.#end({ code: 1006, reason: '' }));
    if (first.length > 0) this.#take(first);
  }

  chat(text, ref) { this.send({ type: 'chat', ...(ref && { ref }), text }); }
  hearts(count, ref) { this.send({ type: 'hearts', ...(ref && { ref }), count }); }
  send(command) {
    assert.deepEqual(commandFaults(command), [], JSON.stringify(command));
    this.sendText(JSON.stringify(command));
  }
  sendText(text) { this.sendFrames([kOpcode.text, text]); }
  // Frames in one piece, each [opcode, payload, how it is broken].
  sendFrames(...frames) {
    this.#socket.write(Buffer.concat(frames.map(([opcode, payload, broken]) => encodeFrame(opcode, Buffer.from(payload), broken))));
  }

  // Waits until `holds()`; frames are what can change its answer.
  until(holds, what, max_ms = kWaitMax_ms) {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const entry = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#waiting.delete(entry);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(entry);
        reject(new Error(`not seen: ${what}; ${JSON.stringify(this).slice(0, 1500)}`));
      }, max_ms);
      this.#waiting.add(entry);
    });
  }

  // The first event that fits, waited for.
  async event(type, fits = () => true) {
    const find = () => this.events.find((e) => e.type === type && fits(e));
    await this.until(find, `a ${type} event`);
    return find();
  }

  get seq() { return this.#seq; }

  // Goes away without a word, as a phone does in a tunnel.
  drop() { this.#socket.destroy(); }

  #take(bytes) {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (let frame; (frame = decodeFrame(this.#bytes));) {
      this.#bytes = this.#bytes.subarray(frame.size);
      if (frame.opcode === kOpcode.ping) this.#socket.write(encodeFrame(kOpcode.pong, frame.payload));
      else if (frame.opcode === kOpcode.close) {
        this.#end({ code: frame.payload.readUInt16BE(0), reason: frame.payload.subarray(2).toString() });
        this.#socket.end(encodeFrame(kOpcode.close, frame.payload.subarray(0, 2)));
      } else if (frame.opcode === kOpcode.text) this.#tell(JSON.parse(frame.payload));
    }
  }

  #tell(frame) {
    assert.deepEqual(frameFaults(frame), [], JSON.stringify(frame));
    if (frame.snapshot) {
      this.snapshot = frame.snapshot;
      this.#seq = frame.snapshot.seq;
    }
    for (const event of frame.events ?? []) assert.equal(event.seq, ++this.#seq, `a gap before ${JSON.stringify(event)}`);
    if (frame.refused) this.refused.push(frame.refused);
    if (frame.own) this.own.push(frame.own);
    if (frame.wanted) this.wanted.push(frame.wanted);
    this.events.push(...(frame.events ?? []));
    const { stock, deals, hands, ...counts } = frame.state ?? {};
    Object.assign(this.state, counts);
    for (const { deal_id, left } of deals ?? []) this.state.deals = { ...this.state.deals, [deal_id]: left };
    for (const { product_id, count } of hands ?? []) this.state.hands = { ...this.state.hands, [product_id]: count };
    for (const { product_id, available } of stock ?? []) {
      this.state.stock = { ...this.state.stock, [product_id]: available };
    }
    this.#wake();
  }

  #end(how) {
    this.closed ??= how;
    this.#wake();
  }

  #wake() { for (const entry of [...this.#waiting]) entry(); }
}
