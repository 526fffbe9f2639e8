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

/** Plays by hls.js: `window.hls`, in `window.fatal` what it gave up for, and `window.edge`. `config` is added to its own. */
export async function playByHlsJs(page, address, config = {}) {
  await page.evaluate(([source, more]) => new Promise((resolve, reject) => {
    const video = document.querySelector('video');
    const hls = new window.Hls({ lowLatencyMode: true, enableWorker: false, ...more });
    window.hls = hls;
    window.fatal = [];
    window.edge = { behind_s: () => hls.latency, goTo: () => { video.currentTime = hls.liveSyncPosition; } };
    hls.on(window.Hls.Events.ERROR, (event, data) => { if (data.fatal) window.fatal.push(data.details); });
    hls.attachMedia(video);
    hls.loadSource(source);
    video.addEventListener('playing', resolve, { once: true });
    setTimeout(() => reject(new Error(`does not play: ${window.fatal}`)), 20_000);
    void video.play();
  }), [address, config]);
}

/** Plays by Shaka Player: `window.player`, in `window.errors` its complaints, and `window.edge`. */
export async function playByShaka(page, address, config = {}) {
  await page.evaluate(async ([source, more]) => {
    window.shaka.polyfill.installAll();
    const player = new window.shaka.Player();
    window.player = player;
    window.errors = [];
    window.edge = { behind_s: () => (Date.now() - player.getPlayheadTimeAsDate().getTime()) / 1000, goTo: () => player.goToLive() };
    player.addEventListener('error', (event) => window.errors.push(event.detail.code));
    await player.attach(document.querySelector('video'));
    player.configure({ streaming: { lowLatencyMode: true }, ...more });
    await player.load(source);
    await document.querySelector('video').play();
  }, [address, config]);
}

/**
 * Until it has played so many seconds on end, fifteen pictures in each at least, no further than `behindMax_s` from
 * the edge; throws after two minutes. `window.edge` tells how far that is, and goes there. Who stood still begins to
 * count anew, and who is too far behind goes to the edge, as by a player's button: on a machine that does more than
 * this either happens.
 */
export async function untilPlaysOn(page, seconds, behindMax_s) {
  await page.evaluate(() => {
    const video = document.querySelector('video');
    const shown = () => {
      const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
      return totalVideoFrames - droppedVideoFrames;
    };
    let start;
    const begin = () => { start = { at_s: video.currentTime, shown: shown() }; };
    video.addEventListener('waiting', begin);
    begin();
    window.playsOn = (least_s, most_s) => {
      if (window.edge.behind_s() > most_s) {
        window.edge.goTo();
        begin();
      }
      const played_s = video.currentTime - start.at_s;
      return played_s >= least_s && shown() - start.shown > played_s * 15;
    };
  });
  await page.waitForFunction(([least_s, most_s]) => window.playsOn(least_s, most_s), [seconds, behindMax_s], { timeout: 120_000, polling: 250 });
}

export async function untilPlayable(address) {
  const end = Date.now() + 20_000;
  while ((await fetch(address)).status !== 200) {
    if (Date.now() > end) throw new Error('the show cannot be played');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
