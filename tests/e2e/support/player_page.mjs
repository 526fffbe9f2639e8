// Other people's players on an otherwise empty page of the server's own origin.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { kDesktop } from './browser.mjs';

const require = createRequire(import.meta.url);

/** With a video element and the player's script in it. */
export async function pageWith(house, script) {
  const { page, complaints } = await house.visitor({ viewport: kDesktop });
  await page.goto(`${house.url}/api/v1/shops`);
  await page.evaluate(await readFile(require.resolve(script), 'utf8'));
  await page.evaluate(() => {
    const video = document.createElement('video');
    video.muted = true;
    document.body.replaceChildren(video);
  });
  return { page, complaints };
}

/** Plays by hls.js: `window.hls`, and in `window.fatal` what it gave up for. `config` is added to its own. */
export async function playByHlsJs(page, address, config = {}) {
  await page.evaluate(([source, more]) => new Promise((resolve, reject) => {
    const video = document.querySelector('video');
    const hls = new window.Hls({ lowLatencyMode: true, enableWorker: false, ...more });
    window.hls = hls;
    window.fatal = [];
    hls.on(window.Hls.Events.ERROR, (event, data) => { if (data.fatal) window.fatal.push(data.details); });
    hls.attachMedia(video);
    hls.loadSource(source);
    video.addEventListener('playing', resolve, { once: true });
    setTimeout(() => reject(new Error(`does not play: ${window.fatal}`)), 20_000);
    void video.play();
  }), [address, config]);
}

/** Plays by Shaka Player: `window.player`, and in `window.errors` its complaints. */
export async function playByShaka(page, address, config = {}) {
  await page.evaluate(async ([source, more]) => {
    window.shaka.polyfill.installAll();
    const player = new window.shaka.Player();
    window.player = player;
    window.errors = [];
    player.addEventListener('error', (event) => window.errors.push(event.detail.code));
    await player.attach(document.querySelector('video'));
    player.configure({ streaming: { lowLatencyMode: true }, ...more });
    await player.load(source);
    await document.querySelector('video').play();
  }, [address, config]);
}

export async function untilPlayable(address) {
  const end = Date.now() + 20_000;
  while ((await fetch(address)).status !== 200) {
    if (Date.now() > end) throw new Error('the show cannot be played');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
