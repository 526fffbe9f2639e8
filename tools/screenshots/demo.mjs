// The demo that the pictures are taken of: its server, its cameras, its browsers, and its people through the API.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cookiesOf } from '../../tests/e2e/support/house.mjs';
import { ShowPage } from '../../tests/e2e/support/show_page.mjs';
import { Client } from '../../tests/lib/client.mjs';
import { buy, newDevice, tokenOf } from '../../tests/lib/house.mjs';
import { TranslatorStub } from '../../tests/lib/translator_stub.mjs';
import { Room } from '../../tests/lib/websocket.mjs';

export const kRoot = fileURLToPath(new URL('../../', import.meta.url));
const { chromium } = createRequire(`${kRoot}tests/package.json`)('playwright-core');
export const kPhone = { width: 360, height: 720 };
/** For what a short one scrolls. */
export const kLongPhone = { width: 360, height: 800 };
export const kDesktop = { width: 1280, height: 800 };
const kPhoneScale = 1.5;
const kFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'];
const kPlayed_ms = 30_000;

// A camera that sees the village: Chromium plays this file for it.
function cameraFlags(folder) {
  const file = join(folder, 'camera.mjpeg');
  execFileSync('ffmpeg', ['-y', '-nostdin', '-loglevel', 'error', '-i', 'assets/demo/pearl-village.mp4', '-t', '6', '-c:v', 'mjpeg', '-q:v', '4', file], { cwd: kRoot });
  return ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

export const playing = (page, from_s = 1) =>
  page.waitForFunction((from) => document.querySelector('video')?.currentTime > from, from_s, { timeout: kPlayed_ms });

export class Demo {
  #children = [];
  #translator;
  #browser;

  address; // what the server prints when it is ready
  seed; // what `geili demo seed` prints
  lin; // the seller of both shops
  show; // on the air, of the shop of pearls
  nextShow; // tomorrow's, of the shop of stone

  static async start(program, folder) {
    const demo = new Demo();
    try {
      await demo.#serve(program, folder);
      await demo.#enter();
      demo.#browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...kFlags, ...cameraFlags(folder)] });
    } catch (error) {
      await demo.close();
      throw error;
    }
    return demo;
  }

  get url() { return this.address.url; }
  get necklace() { return this.show.products[0]; }
  get translator() { return this.#translator; }
  product(title) { return this.show.products.find((one) => one.title.startsWith(title)); }
  desk(show = this.show) { return `${this.url}/studio/shows/${show.id}`; }

  async #serve(program, folder) {
    this.#translator = await TranslatorStub.start();
    this.seed = JSON.parse(execFileSync(program, ['demo', 'seed', '--data-dir', folder], { cwd: kRoot, encoding: 'utf8' }));
    const server = this.#run(program, ['serve', '--data-dir', folder, '--server-port', '0', '--rtmp-port', '0', '--srt-port', '0', '--webrtc-port', '0',
      '--server-web-root', 'web/build', '--webhooks-allow-loopback', 'true', ...this.#translator.args], 'pipe');
    const [line] = await once(createInterface({ input: server.stdout }), 'line');
    this.address = JSON.parse(line);
    for (const { clip, key } of this.seed.broadcasts) {
      this.#run('ffmpeg', ['-nostdin', '-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy', '-f', 'flv', `${this.address.rtmp_url}/${key}`], 'ignore');
    }
  }

  #run(program, args, stdout) {
    const child = spawn(program, args, { cwd: kRoot, stdio: ['ignore', stdout, 'ignore'] });
    this.#children.push(child);
    return child;
  }

  async #enter() {
    this.lin = new Client(this.url);
    await this.lin.expect(200, 'POST', '/session/link', { token: tokenOf(new URL(this.seed.studio_path, this.url)) });
    this.show = await this.lin.expect(200, 'GET', this.seed.show_path);
    [this.nextShow] = (await this.lin.expect(200, 'GET', '/shows?status=scheduled')).items;
  }

  /** A page of a browser of its own, of whoever `client` is. */
  async page({ client, viewport = kPhone, locale = 'en-US' } = {}) {
    const deviceScaleFactor = viewport.width === kPhone.width ? kPhoneScale : 1;
    const context = await this.#browser.newContext({ viewport, deviceScaleFactor, locale, acceptDownloads: false });
    if (client) await context.addCookies(cookiesOf(client, this.url));
    return context.newPage();
  }

  /** A buyer who has just opened the show; `name` is known in the chat. */
  async viewer(name, options) {
    const client = await newDevice(this.url, name);
    const show = await ShowPage.open(await this.page({ ...options, client }), this.url, this.show);
    await playing(show.page);
    return Object.assign(show, { client });
  }

  /** So many who only watch a show: their rooms, to be dropped. */
  crowd(count, show = this.show) {
    return Promise.all(Array.from({ length: count }, () => Room.join(new Client(this.url), show.id)));
  }

  /** Orders in the show: [[product, quantity], …], sent to `name`. */
  async order(client, name, lines) {
    const place = (minor) => buy(client, {
      shop_id: this.show.shop.id, show_id: this.show.id, lines: lines.map(([{ id }, quantity]) => ({ product_id: id, quantity })), fulfilment: 'delivery',
      buyer: { name, phone: '+52 415 555 0142', address: 'Calle Allende 12, Comonfort', country: 'MX' }, expected_total: { minor, currency: this.show.shop.currency },
    });
    let answer = await place(lines.reduce((sum, [{ price }, quantity]) => sum + price.minor * quantity, 0));
    // The refusal tells what it comes to with shipping.
    if (answer.status === 409) answer = await place(answer.json.current_total_minor);
    if (answer.status !== 201) throw new Error(`${name}: ${answer.body}`);
    return answer.json;
  }

  async close() {
    await this.#browser?.close();
    this.#translator?.stop();
    for (const child of this.#children) child.kill('SIGTERM');
    await Promise.all(this.#children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
  }
}
