// A clock in a picture: the time in milliseconds as 32 black and white squares in the top of each frame, with
// their complement below, so that a frame in which coding or scaling blurred one is known and passed over.

export const width = 360;
export const height = 640;
const columns = 8;
const rows = 4;
const side = width / columns;

// One grey frame, a byte a pixel, that shows the low 32 bits of `ms`.
export function clockFrame(ms) {
  const frame = Buffer.alloc(width * height, 90);
  const value = ms % 2 ** 32;
  for (let bit = 0; bit < 32; bit += 1) {
    const isSet = Math.floor(value / 2 ** bit) % 2 === 1;
    paint(frame, bit, 0, isSet ? 235 : 16);
    paint(frame, bit, rows, isSet ? 16 : 235);
  }
  return frame;
}

function paint(frame, bit, firstRow, shade) {
  const left = (bit % columns) * side;
  const top = (firstRow + Math.floor(bit / columns)) * side;
  for (let y = top; y < top + side; y += 1) {
    frame.fill(shade, y * width + left, y * width + left + side);
  }
}

// Runs in the page: collects, for each shown frame, how old its clock was. It is sent as text, so it stands alone.
export function collectAges({ count, timeout_ms: timeoutMs }) {
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  canvas.width = 360;
  canvas.height = 640;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const lit = (x, y) => context.getImageData(x, y, 1, 1).data[0] > 128;
  const read = () => {
    context.drawImage(video, 0, 0, 360, 640);
    let value = 0;
    for (let bit = 0; bit < 32; bit += 1) {
      const x = (bit % 8) * 45 + 22;
      const y = Math.floor(bit / 8) * 45 + 22;
      const isSet = lit(x, y);
      if (isSet === lit(x, y + 180)) return null;
      if (isSet) value += 2 ** bit;
    }
    return value;
  };
  return new Promise((resolve) => {
    const ages = [];
    const end = performance.now() + timeoutMs;
    const shown = (now, frame) => {
      const at = performance.timeOrigin + (frame.expectedDisplayTime ?? now);
      const value = read();
      if (value !== null) ages.push((at % 2 ** 32) - value);
      if (ages.length >= count || performance.now() > end) resolve(ages);
      else video.requestVideoFrameCallback(shown);
    };
    video.requestVideoFrameCallback(shown);
  });
}
