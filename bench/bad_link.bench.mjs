// Watching and publishing behind a bad network (impair.cpp): how many of the pictures sent are decoded in Chromium, how
// many key frames had to be asked for, how often the picture froze; how soon the first is there on a slow one; how
// LL-HLS fares. Pictures sent are those that arrive at a viewer whose network is good; what comes whole and is not decoded
// is a busy machine's.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { hlsCounts, pictureCounts, play, playHls, publish } from './rtc_page.mjs';

process.env.GEILI_BINARY ??= path.resolve(import.meta.dirname, '../build/release/src/geili');
const { House } = await import('../tests/e2e/support/house.mjs');
const { Network } = await import('../tests/e2e/support/network.mjs');

const require = createRequire(new URL('../tests/package.json', import.meta.url));
const kClip = path.resolve(import.meta.dirname, '../assets/demo/pearl-village.mp4');
const kSettle_ms = 10_000;
const kCounted_ms = 40_000;
const kSlowJoins = 5;
const kGoodbye_ms = 1_000;

const kLinks = [
  ['', { loss_permille: 50, delay_ms: 50 }],
  ['worse_', { loss_permille: 100, delay_ms: 100 }],
];
const k3g = { rate_kbps: 400, delay_ms: 200 };
// TCP slows down by its losses: 1,460 bytes · 1.22 / (100 ms · √0.05) (Mathis and others, 1997).
const kTcp = { loss_permille: 50, delay_ms: 50, rate_kbps: 637 };


function print(figure, value, unit) {
  console.log(JSON.stringify({ bench: 'bad_link', figure, value: Math.round(value * 10_000) / 10_000, unit }));
}

// 250 kbit/s, so that the slow link carries it, a key frame each two seconds.
async function makeClip(folder) {
  const file = path.join(folder, 'clip.mp4');
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', kClip, '-t', '20', '-vf', 'scale=360:640', '-c:v', 'libx264', '-preset', 'veryfast',
    '-profile:v', 'baseline', '-b:v', '250k', '-maxrate', '280k', '-bufsize', '250k', '-g', '50', '-sc_threshold', '0', '-c:a', 'aac', '-b:a', '48k', file]);
  return file;
}

function push(file, to) {
  const child = spawn('ffmpeg', ['-v', 'error', '-nostdin', '-re', '-stream_loop', '-1', '-i', file, '-c', 'copy', '-f', 'flv', to], { stdio: 'ignore' });
  return async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
}

async function untilPlaying(page, question) {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(200)) {
    const answer = await page.evaluate(play, question);
    if (answer.status === 201) return answer.first_ms;
  }
  throw new Error('there is nothing to play');
}

// A page that goes without a goodbye is sent to until its consent runs out, and would fill a slow link.
async function leave(page) {
  await page.evaluate(() => window.peer.close());
  await pause(kGoodbye_ms);
  await page.close();
}

const less = (after, before) => Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]));

// What both pages count from now on.
async function count(...pages) {
  const ask = () => Promise.all(pages.map((page) => page.evaluate(pictureCounts)));
  await pause(kSettle_ms);
  const before = await ask();
  await pause(kCounted_ms);
  return (await ask()).map((after, i) => less(after, before[i]));
}

class Bench {
  static async open(work) {
    const bench = new Bench();
    bench.folder = await mkdtemp(path.join(tmpdir(), 'geili-bench-'));
    try {
      bench.house = await House.open({ hasCamera: true, args: Network.serverArgs });
      bench.network = await Network.open(bench.house, '127.0.0.2');
      await work(bench);
    } finally {
      await bench.stopPush?.();
      await bench.house?.close();
      await bench.network?.close();
      await rm(bench.folder, { recursive: true, force: true });
    }
  }

  get show() { return this.house.village.show.id; }

  // Of the server's own origin, with nothing of ours in it.
  async page(url) {
    const { page } = await this.house.visitor();
    await page.goto(`${url}/api/v1/shops`);
    return page;
  }

  async goLive() {
    this.stopPush = push(await makeClip(this.folder), this.house.village.publishTo);
    this.good = await this.page(this.house.url);
    await untilPlaying(this.good, { address: this.whep(this.house.url), host: '127.0.0.1' });
  }

  whep(url) { return `${url}/api/v1/shows/${this.show}/whep`; }

  async viewers() {
    const page = await this.page(this.network.url);
    await untilPlaying(page, { address: this.whep(this.network.url) });
    for (const [name, link] of kLinks) {
      await this.network.change({ both: link });
      const [good, bad] = await count(this.good, page);
      print(`${name}decoded_share`, bad.decoded / good.received, '1');
      print(`${name}whole_share`, bad.received / good.received, '1');
      print(`${name}pli`, bad.plis, '1');
      print(`${name}freezes`, bad.freezes, '1');
      print(`${name}decoded_share_without`, good.decoded / good.received, '1');
    }
    await leave(page);
  }

  async slow() {
    await this.network.change({ both: { loss_permille: 0, ...k3g } });
    const page = await this.page(this.network.url);
    const took = [];
    for (let i = 0; i < kSlowJoins; i += 1) {
      took.push(await untilPlaying(page, { address: this.whep(this.network.url) }));
      await page.evaluate(() => window.peer.close());
      await pause(kGoodbye_ms);
    }
    print('3g_whep_first_p50_ms', took.sort((a, b) => a - b)[Math.floor(kSlowJoins / 2)], 'ms');
    await page.close();
    const hls = await this.hlsPage();
    print('3g_hls_first_ms', await hls.evaluate(playHls, this.playlist), 'ms');
    await hls.close();
  }

  get playlist() { return `${this.network.url}/live/${this.show}/index.m3u8`; }

  async hlsPage() {
    const page = await this.page(this.network.url);
    await page.evaluate(await readFile(require.resolve('hls.js/dist/hls.js'), 'utf8'));
    return page;
  }

  async hls() {
    await this.network.change({ both: kTcp });
    const page = await this.hlsPage();
    await page.evaluate(playHls, this.playlist);
    await pause(kSettle_ms);
    const before = await page.evaluate(hlsCounts);
    const began = Date.now();
    await pause(kCounted_ms);
    const after = await page.evaluate(hlsCounts);
    print('hls_played_share', (after.played_s - before.played_s) / ((Date.now() - began) / 1000), '1');
    print('hls_stalls', after.stalls - before.stalls, '1');
    print('hls_behind_ms', after.behind_ms, 'ms');
    await page.close();
  }

  async publishers() {
    await this.stopPush();
    await this.network.change({ both: { loss_permille: 0, delay_ms: 0, rate_kbps: 0 } });
    const phone = await this.page(this.network.url);
    const key = this.house.village.publishTo.split('/').pop();
    await phone.evaluate(publish, { address: `${this.network.url}/api/v1/shows/${this.show}/whip?takeover=true`, key });
    await untilPlaying(this.good, { address: this.whep(this.house.url), host: '127.0.0.1' });
    for (const [name, link] of kLinks) {
      await this.network.change({ both: link });
      const [sent, seen] = await count(phone, this.good);
      print(`${name}publisher_decoded_share`, seen.decoded / sent.sent, '1');
      print(`${name}publisher_whole_share`, seen.received / sent.sent, '1');
      print(`${name}publisher_pli`, sent.plis, '1');
      print(`${name}publisher_freezes`, seen.freezes, '1');
    }
  }
}

await Bench.open(async (bench) => {
  await bench.goLive();
  await bench.viewers();
  await bench.slow();
  await bench.hls();
  await bench.publishers();
});
