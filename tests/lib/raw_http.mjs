// Bytes to the HTTP port as they are, and whatever comes back.
import { connect } from 'node:net';

const kAnswerMax_ms = 10_000;

function parseAnswer(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line, ...fields] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(fields.map((f) => [f.slice(0, f.indexOf(':')).toLowerCase(), f.slice(f.indexOf(':') + 1).trim()]));
  const length = Number(headers['content-length'] ?? 0);
  const body = text.slice(end + 4, end + 4 + length);
  if (body.length < length) return undefined;
  const json = /json/.test(headers['content-type'] ?? '') ? JSON.parse(body) : undefined;
  return { status: Number(line.split(' ')[1]), headers, json, size: end + 4 + length };
}

export function parseAnswers(text) {
  const answers = [];
  for (let answer; (answer = parseAnswer(text)); text = text.slice(answer.size)) answers.push(answer);
  if (text !== '') throw new Error(`not an answer: ${text.slice(0, 200)}`);
  return answers;
}

// Sends `bytes` and answers with all that comes ([{status, headers, json}]) until the server closes, which it
// must do. `hangUp`: our end is closed behind the bytes, as a phone that is switched off in a transfer.
export function sendRaw(url, bytes, { hangUp = false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let text = '';
    socket.setTimeout(kAnswerMax_ms, () => socket.destroy(new Error(`not closed in time; so far: ${text.slice(0, 500)}`)));
    socket.setEncoding('latin1').on('data', (piece) => { text += piece; });
    socket.on('error', (error) => (['ECONNRESET', 'EPIPE'].includes(error.code) ? resolve(parseAnswers(text)) : reject(error)));
    socket.on('end', () => {
      socket.destroy();
      resolve(parseAnswers(text));
    });
    socket.write(bytes, () => { if (hangUp) socket.end(); });
  });
}
