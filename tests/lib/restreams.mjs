// What the tests of restreams need: the lines of the access test, every operation as a seller comes to use it, and
// another platform's server: ffmpeg that records what it is sent.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { kRestream } from './access_table.mjs';

// For the access test.
export function restreamLines({ seller, shop }) {
  const all = `/shops/${shop.id}/restreams`;
  const noRestreams = async () => {
    for (const { id } of (await seller.expect(200, 'GET', all)).items) await seller.expect(204, 'DELETE', `${all}/${id}`);
  };
  const restreamPath = async () => {
    await noRestreams();
    return `${all}/${(await seller.expect(201, 'POST', all, kRestream)).id}`;
  };
  return { noRestreams, restreamPath };
}

// Every operation of restreams (happy_path.test.mjs).
export async function restreamStory(seller, shop, show) {
  const all = `/shops/${shop.id}/restreams`;
  const made = await seller.expect(201, 'POST', all, kRestream);
  assert.equal(made.key_end, 'test');
  assert.deepEqual((await seller.expect(200, 'GET', all)).items, [made]);
  const { stream_key: _, ...withoutKey } = kRestream;
  const changed = await seller.expect(200, 'PUT', `${all}/${made.id}`, { ...withoutKey, name: 'Lake channel' });
  assert.deepEqual([changed.name, changed.key_end], ['Lake channel', 'test']);
  await seller.expect(204, 'PUT', `/shows/${show.id}/restreams/${made.id}`, { chosen: true });
  const { items } = await seller.expect(200, 'GET', `/shows/${show.id}/restreams`);
  assert.deepEqual(items.map(({ id, chosen, state }) => [id, chosen, state]), [[made.id, true, 'waiting']]);
  await seller.expect(204, 'DELETE', `${all}/${made.id}`);
}

// A port that nobody has now.
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Takes in what one publisher sends to `url` and keeps it in `file`, until the publisher goes or stop().
export function recordingServer(port, file) {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'flv', '-listen', '1',
    '-i', `rtmp://127.0.0.1:${port}/live/stream`, '-c', 'copy', '-f', 'flv', file], { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => (said += bytes));
  return {
    get said() { return said; },
    ended: once(child, 'exit'),
    kill() { child.kill('SIGKILL'); },
    stop() { child.kill('SIGINT'); },
  };
}

// For `subject` ("IP:127.0.0.1"), and vouched for by nobody else: PEM.
export function makeCertificate(folder, name, subject) {
  const [keyFile, certFile] = ['key', 'cert'].map((part) => join(folder, `${name}.${part}.pem`));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', `/CN=${name}`, '-addext', `subjectAltName=${subject}`, '-keyout', keyFile, '-out', certFile], { stdio: 'pipe' });
  return { key: readFileSync(keyFile), cert: readFileSync(certFile) };
}

// Accepts connections, hands each to `talk`, and counts them. With a certificate by TLS: those whose handshake is done.
export async function strangeServer(talk, certificate) {
  const sockets = new Set();
  const take = (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    far.connections += 1;
    talk(socket);
  };
  const server = (certificate ? createTlsServer(certificate, take) : createServer(take)).listen(0, '127.0.0.1');
  const far = {
    connections: 0,
    get url() { return `${certificate ? 'rtmps' : 'rtmp'}://127.0.0.1:${server.address().port}/live`; },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  await once(server, 'listening');
  return far;
}

// A `talk` that is had with the server at another port.
export const passedOnTo = (port) => (socket) => {
  const beyond = connect(port, '127.0.0.1');
  beyond.on('error', () => {}).on('close', () => socket.destroy());
  socket.on('close', () => beyond.end());
  socket.pipe(beyond).pipe(socket);
};

const probe = (file, ...options) =>
  JSON.parse(execFileSync('ffprobe', ['-v', 'error', ...options, '-of', 'json', file], { encoding: 'utf8' }));

// Of a file that still grows; 0 before there is anything to read in it.
export function picturesIn(file) {
  try {
    return probe(file, '-select_streams', 'v', '-show_entries', 'packet=dts_time').packets.length;
  } catch {
    return 0;
  }
}

// The tracks of what another platform was sent, or of a recording: H.264 from a key frame on and AAC, as the times of
// their packets, in the order of decoding.
function tracksOf(file) {
  const { streams, packets } = probe(file, '-show_entries', 'stream=codec_type,codec_name:packet=codec_type,dts_time,flags');
  const codecs = Object.fromEntries(streams.map((stream) => [stream.codec_type, stream.codec_name]));
  assert.deepEqual(codecs, { video: 'h264', audio: 'aac' });
  const of = (type) => packets.filter((packet) => packet.codec_type === type);
  assert.match(of('video')[0].flags, /K/, 'begins with a key frame');
  const [video, audio] = [of('video'), of('audio')].map((track) => track.map(({ dts_time }) => Number(dts_time)));
  return { video, audio };
}

function checkTimes(times, least_s) {
  const back = times.findIndex((at, i) => i > 0 && at < times[i - 1]);
  assert.equal(back, -1, `it goes back from ${times[back - 1]} s to ${times[back]} s`);
  assert.ok(times.at(-1) - times[0] >= least_s, `${times.at(-1) - times[0]} s`);
}

// Of a camera that sends both tracks in step: they begin and end together, after so many seconds at least.
export function checkRecorded(file, least_s) {
  const { video, audio } = tracksOf(file);
  for (const times of [video, audio]) checkTimes(times, least_s);
  assert.ok(Math.abs(video[0] - audio[0]) <= 0.1, `${video[0] - audio[0]} s between the tracks at first`);
  assert.ok(Math.abs(video.at(-1) - audio.at(-1)) <= 0.3, `${video.at(-1) - audio.at(-1)} s between the tracks at last`);
}

// In lists of one section each: its times begin anew.
const sectionsOf = (times) => times.reduce((sections, at, i) => {
  if (i === 0 || at < times[i - 1]) sections.push([]);
  sections.at(-1).push(at);
  return sections;
}, []);

// Of a camera whose picture may be late or have gaps: from where it was sent on, the other platform has every picture
// and every sound of the show's own recording, `playlist`, as far from one another as there.
export function checkAsKept(file, playlist, least_s) {
  const sent = tracksOf(file);
  for (const times of [sent.video, sent.audio]) checkTimes(times, least_s);
  const kept = tracksOf(playlist);
  const sections = { video: sectionsOf(kept.video), audio: sectionsOf(kept.audio) };
  assert.equal(sections.video.length, sections.audio.length);
  while (sent.video.length > 0 && sections.video.length > 0) {
    const section = { video: sections.video.pop(), audio: sections.audio.pop() };
    const ahead_s = section.video.at(-1) - sent.video.at(-1);
    for (const track of ['video', 'audio']) {
      const there = sent[track].splice(-section[track].length);
      const here = section[track].slice(section[track].length - there.length);
      there.forEach((at, i) => {
        const apart_s = here[i] - at - ahead_s;
        assert.ok(Math.abs(apart_s) <= 0.003, `${track} ${i} of ${there.length} is ${apart_s} s from where it was kept`);
      });
    }
  }
  assert.deepEqual(sent, { video: [], audio: [] }, 'more than was kept');
}
