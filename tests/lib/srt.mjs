// A caller's end of SRT as bytes: the first words of its handshake, and nothing more.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const kHeaderBytes = 16;
const kHandshakeBytes = 48;
const kControl = 0x8000; // of type 0: a handshake
const kInduction = 1;
const kAskAgain_ms = 250; // as libsrt does
const kWaitMax_ms = 10_000;

// The induction by which a caller asks for a cookie, as draft-sharabayko-srt has it in section 4.3.1.1.
function induction(socketId) {
  const bytes = Buffer.alloc(kHeaderBytes + kHandshakeBytes);
  bytes.writeUInt16BE(kControl, 0);
  const handshake = bytes.subarray(kHeaderBytes);
  handshake.writeUInt32BE(4, 0); // version
  handshake.writeUInt16BE(2, 6); // datagrams
  handshake.writeUInt32BE(1500, 12); // largest packet
  handshake.writeUInt32BE(8192, 16); // packets under way
  handshake.writeUInt32BE(kInduction, 20);
  handshake.writeUInt32BE(socketId, 24);
  return bytes;
}

const isAnswer = (bytes, socketId) => bytes.length >= kHeaderBytes + kHandshakeBytes && bytes.readUInt16BE(0) === kControl
  && bytes.readUInt32BE(12) === socketId && bytes.readUInt32BE(kHeaderBytes + 20) === kInduction;

let lastSocketId = 0;

export class SrtGreeter {
  #socket = createSocket('udp4');
  #address;

  constructor(srtUrl) { this.#address = new URL(srtUrl); }

  // As a caller that was never here before; resolves when the listener has answered and waits for more.
  async greet() {
    lastSocketId += 1;
    const socketId = lastSocketId;
    const ask = () => this.#socket.send(induction(socketId), Number(this.#address.port), this.#address.hostname);
    const timer = setInterval(ask, kAskAgain_ms);
    const signal = AbortSignal.timeout(kWaitMax_ms);
    try {
      ask();
      for (;;) {
        const [bytes] = await once(this.#socket, 'message', { signal });
        if (isAnswer(bytes, socketId)) return;
      }
    } finally {
      clearInterval(timer);
    }
  }

  close() { this.#socket.close(); }
}
