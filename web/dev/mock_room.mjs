// Rooms over WebSocket, enough of RFC 6455 for a browser on the same machine.
import { createHash } from 'node:crypto';

const kGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const kTalk = ['¡Qué bonito!', 'How long is it?', '这条多少钱？', 'Is the clasp silver?', 'Bonjour du Québec', 'Can you show the back?', '给力！'];
const kTalkers = ['Rosa', 'Ken', '小王', 'Lupita', 'Camille', 'Lin'];

function frameOf(text, opcode = 1) {
  const body = Buffer.from(text);
  const head = body.length < 126
    ? Buffer.from([0x80 | opcode, body.length])
    : Buffer.from([0x80 | opcode, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

/** Calls `onText` for each whole text frame; fragments are not used by browsers for messages this short. */
function readFrames(socket, onText) {
  let waiting = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 6) {
      let length = waiting[1] & 127;
      let at = 2;
      if (length === 126) {
        length = waiting.readUInt16BE(2);
        at = 4;
      }
      if (waiting.length < at + 4 + length) return;
      const mask = waiting.subarray(at, at + 4);
      const body = Buffer.from(waiting.subarray(at + 4, at + 4 + length)).map((byte, index) => byte ^ mask[index % 4]);
      const opcode = waiting[0] & 15;
      waiting = waiting.subarray(at + 4 + length);
      if (opcode === 1) onText(body.toString());
      else if (opcode === 8) socket.end();
    }
  });
}

export class MockRoom {
  constructor(show, cardOf) {
    Object.assign(this, { show, cardOf, seq: 0, epoch: `e${Date.now()}`, hearts: 40, sockets: new Set(), events: [], chat: [], pinned: show.bag[0] });
    if (show.status === 'live' && process.env.MOCK_QUIET === undefined) setInterval(() => this.chatter(), 2600).unref();
  }

  chatter() {
    const pick = (list) => list[Math.floor(Math.random() * list.length)];
    this.tell({ type: 'chat', name: pick(kTalkers), role: 'viewer', text: pick(kTalk) });
    this.hearts += Math.floor(Math.random() * 4);
    this.state({ hearts: this.hearts, viewers: 120 + this.sockets.size });
  }

  accept(request, socket, device) {
    const key = createHash('sha1').update(request.headers['sec-websocket-key'] + kGuid).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => this.sockets.delete(socket));
    const query = new URL(request.url, 'http://x').searchParams;
    const since = Number(query.get('since'));
    const frame = query.get('epoch') === this.epoch
      ? { events: this.events.filter(({ seq }) => seq > since) }
      : { snapshot: this.snapshot(device) };
    this.send(socket, { ...frame, state: { viewers: 120 + this.sockets.size, hearts: this.hearts, sold: this.show.sold_count } });
    readFrames(socket, (text) => this.command(socket, device, JSON.parse(text)));
  }

  snapshot(device) {
    return {
      epoch: this.epoch, seq: this.seq, status: this.show.status, video: this.show.video.state,
      pinned: this.pinned && this.cardOf(this.pinned), messages: this.chat.slice(-50), you: { role: 'viewer', name: device.name },
    };
  }

  command(socket, device, command) {
    if (command.type === 'hearts') {
      this.hearts += command.count;
      this.state({ hearts: this.hearts });
    } else if (!device.name) {
      this.send(socket, { refused: { code: 'name-needed', ref: command.ref } });
    } else {
      this.tell({ type: 'chat', name: device.name, role: 'viewer', text: command.text });
    }
  }

  tell(event) {
    this.seq += 1;
    const whole = { ...event, seq: this.seq, at: new Date().toISOString() };
    this.events.push(whole);
    if (event.type === 'chat') this.chat.push(whole);
    if (event.type === 'hidden') this.chat = this.chat.filter(({ seq }) => seq !== event.hidden_seq);
    this.broadcast({ events: [whole] });
  }

  state(state) {
    this.broadcast({ state });
  }

  broadcast(frame) {
    for (const socket of this.sockets) this.send(socket, frame);
  }

  send(socket, frame) {
    if (socket.writable) socket.write(frameOf(JSON.stringify(frame)));
  }
}
