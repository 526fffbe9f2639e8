// Clients that keep a connection and get nowhere: they say nothing, send byte by byte, or do not read.
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

const kPace_ms = 250;

// Connects, sends `first` at once and `trickle` byte by byte, or whole piece by piece where it is a list; what comes
// is read unless it is `deaf`. `closed` resolves with the ms from the connection to its end, which a deaf client that
// sends nothing does not see. `seen()` is what came, as latin1.
export function slowClient({ host = '127.0.0.1', port, tls = false, first = '', trickle = [], deaf = false }) {
  const socket = tls ? connectTls({ host, port, rejectUnauthorized: false, allowHalfOpen: true })
    : connect({ host, port, allowHalfOpen: true });
  const pieces = typeof trickle === 'string' ? [...Buffer.from(trickle, 'latin1')].map((byte) => Buffer.of(byte)) : [...trickle];
  let text = '';
  let timer;
  const opened = new Promise((resolve, reject) => {
    socket.once(tls ? 'secureConnect' : 'connect', () => resolve(performance.now()));
    socket.once('error', reject);
  });
  opened.catch(() => {});
  const ended = new Promise((resolve) => {
    for (const event of ['end', 'error', 'close']) socket.once(event, () => resolve(performance.now()));
  });
  socket.on('error', () => {});
  if (deaf) socket.pause();
  else socket.setEncoding('latin1').on('data', (piece) => { text += piece; });
  void opened.then(() => {
    if (first !== '') socket.write(first, 'latin1');
    timer = setInterval(() => {
      const piece = pieces.shift();
      if (piece) socket.write(piece);
      else clearInterval(timer);
    }, kPace_ms);
  }, () => {});
  const closed = (async () => {
    const from = await opened;
    const took_ms = (await ended) - from;
    clearInterval(timer);
    socket.destroy();
    return took_ms;
  })();
  closed.catch(() => {});
  return { opened, closed, seen: () => text, drop: () => { clearInterval(timer); socket.destroy(); } };
}
