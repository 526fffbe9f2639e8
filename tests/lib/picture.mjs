// Pictures made on the spot.
import { spawnSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';

// zlib.crc32 is younger than Node 18.
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

function assemble(width, height, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0))]);
}

// A PNG of one colour in 8-bit RGB.
export function png(width = 64, height = 48, colour = [180, 60, 40]) {
  const row = Buffer.concat([Buffer.from([0]), ...Array(width).fill(Buffer.from(colour))]);
  return assemble(width, height, deflateSync(Buffer.concat(Array(height).fill(row))));
}

// A well-formed PNG whose header tells of this size, with the points of a tiny one behind it.
export const pngDeclaring = (width, height) => assemble(width, height, deflateSync(Buffer.alloc(64)));

let jpegBytes;

// A JPEG as a camera writes it, of many colours.
export function jpeg() {
  if (jpegBytes) return jpegBytes;
  const made = spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x240', '-frames:v', '1',
    '-f', 'mjpeg', 'pipe:1'], { maxBuffer: 1 << 20 });
  if (made.status !== 0) throw new Error(`ffmpeg: ${made.error ?? made.stderr}`);
  jpegBytes = made.stdout;
  return jpegBytes;
}
