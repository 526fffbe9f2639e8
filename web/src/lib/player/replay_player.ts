/**
 * Plays a recording in one <video> with the browser's own controls. Framework-free; `close` ends it for good.
 */
import type Hls from 'hls.js';

const kHlsConfig = { enableWorker: false, maxBufferLength: 20, maxMaxBufferLength: 60, backBufferLength: 30 };
const kRecoveriesMax = 3;

export class ReplayPlayer {
  readonly #video: HTMLVideoElement;
  readonly #onFailed: () => void;
  #hls: Hls | undefined;
  #recoveries = 0;
  #isClosed = false;

  /** `onFailed` is called when it cannot go on by itself. */
  constructor(video: HTMLVideoElement, onFailed: () => void) {
    this.#video = video;
    this.#onFailed = onFailed;
  }

  /** Shows the picture at `start_s`, and waits there. */
  async open(address: string, start_s: number): Promise<void> {
    if (!('MediaSource' in window || 'ManagedMediaSource' in window)) {
      this.#video.src = `${address}#t=${start_s}`;
      this.#video.addEventListener('error', this.#onFailed, { once: true });
      return;
    }
    try {
      const { default: HlsLight } = await import('hls.js/light');
      if (!this.#isClosed) this.#attach(HlsLight as unknown as typeof Hls, address, start_s);
    } catch {
      if (!this.#isClosed) this.#onFailed();
    }
  }

  /** To this second, and on from there. */
  playFrom(at_s: number): void {
    this.#video.currentTime = at_s;
    // Where the browser wants a tap on the picture first, its own button asks for it.
    this.#video.play().catch(() => undefined);
  }

  close(): void {
    this.#isClosed = true;
    this.#hls?.destroy();
  }

  #attach(HlsClass: typeof Hls, address: string, start_s: number): void {
    const hls = new HlsClass({ ...kHlsConfig, startPosition: start_s });
    this.#hls = hls;
    hls.on(HlsClass.Events.ERROR, (_event, data) => {
      if (!data.fatal) return;
      if (data.type === HlsClass.ErrorTypes.MEDIA_ERROR && this.#recoveries++ < kRecoveriesMax) hls.recoverMediaError();
      else this.#onFailed();
    });
    hls.loadSource(address);
    hls.attachMedia(this.#video);
  }
}
