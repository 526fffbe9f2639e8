// What a page costs whoever opens it: bytes and requests by kind, nodes, how much it jumps, how long it is deaf.

/** To be run in each page before its own scripts. */
export function watchPage() {
  window.cost = { shift: 0, blocking_ms: 0, largest_ms: 0 };
  const watch = (type, see) => new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  window.moved = [];
  const nameOf = ({ node }) => node && `${node.nodeName.toLowerCase()}.${node.className ?? ''}`;
  watch('layout-shift', (entry) => {
    if (entry.hadRecentInput) return;
    window.cost.shift += entry.value;
    window.moved.push({ value: Math.round(entry.value * 10_000) / 10_000, at_ms: Math.round(entry.startTime), what: entry.sources.map(nameOf) });
  });
  watch('longtask', (entry) => { window.cost.blocking_ms += Math.max(0, entry.duration - 50); });
  watch('largest-contentful-paint', (entry) => { window.cost.largest_ms = entry.startTime; });
}

const isVideo = (url) => /^\/live\/\d+\/|\/whep(\/|$)|\/recordings?\//.test(new URL(url).pathname);

/** The line of a phone on 3G: 400 kbit/s and a round trip of 400 ms. */
export const k3g = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

export class PageCost {
  #requests = new Map();

  /** Of a page before it goes anywhere. `slow`: see k3g; `cpu`: how many times slower. */
  static async of(page, { slow, cpu } = {}) {
    const cost = new PageCost();
    cost.page = page;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    if (slow) await devtools.send('Network.emulateNetworkConditions', slow);
    if (cpu) await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    devtools.on('Network.requestWillBeSent', ({ requestId, request, type }) => cost.#begin(requestId, request, type));
    devtools.on('Network.responseReceived', ({ requestId, response }) => cost.#see(requestId, response));
    for (const end of ['Network.loadingFinished', 'Network.loadingFailed']) {
      devtools.on(end, ({ requestId, encodedDataLength = 0 }) => cost.#end(requestId, encodedDataLength));
    }
    await page.addInitScript(watchPage);
    return cost;
  }

  /** Forgets what was there so far. */
  reset() { this.#requests.clear(); }

  get all() { return [...this.#requests.values()]; }
  /** Nothing is under way but the picture. */
  get isQuiet() { return this.all.every(({ isDone }) => isDone); }

  /** {requests, bytes, script_bytes, image_bytes, shift, blocking_ms, largest_ms, nodes}: all but the picture. */
  async sum() {
    const bytes = (kind = '') => this.all.filter(({ mime }) => mime.includes(kind)).reduce((sum, one) => sum + one.bytes, 0);
    return {
      requests: this.all.length, bytes: bytes(), script_bytes: bytes('javascript'), image_bytes: bytes('image/'),
      nodes: await this.page.evaluate(() => document.querySelectorAll('*').length),
      ...(await this.page.evaluate(() => window.cost)),
    };
  }

  #begin(id, { url }, type) {
    if (!/^https?:/.test(url) || type === 'Media' || type === 'WebSocket' || isVideo(url)) return;
    this.#requests.set(id, { url, mime: '', bytes: 0, isDone: false });
  }

  #see(id, { mimeType, encodedDataLength = 0 }) {
    const one = this.#requests.get(id);
    if (one) Object.assign(one, { mime: mimeType, bytes: encodedDataLength });
  }

  #end(id, bytes) {
    const one = this.#requests.get(id);
    if (one) Object.assign(one, { bytes: Math.max(one.bytes, bytes), isDone: true });
  }
}
