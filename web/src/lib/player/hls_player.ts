/**
 * Plays a show's LL-HLS in one <video>: near the edge, muted until asked, and back by itself after a lost
 * publisher, network or server. Framework-free; runs on the page's thread; `close` ends it for good.
 */
import type Hls from 'hls.js';
import type { ErrorData } from 'hls.js';

/** `blocked`: the browser wants a tap first. `waiting`: it plays on by itself as soon as there is picture again. */
export type PlayerPhase = 'idle' | 'loading' | 'playing' | 'waiting' | 'blocked';

const kRetryFirst_ms = 700;
const kRetryMax_ms = 8_000;
const kStall_ms = 7_000;
/** Stands still for so long, with nothing under way, though there is more: goes to what is newest. */
const kStuck_ms = 700;
/** A player whose picture moved so lately waits for the next part at most. */
const kStill_ms = 3_000;
const kWatch_ms = 200;
/** So much behind the slate is to be there before it is skipped, and not later than this. */
const kSkipAhead_s = 0.5;
const kSkip_ms = 3_000;
const kMediaRecoveries_ms = 10_000;
/** What was seen is kept for so long. */
const kBehind_s = 8;
/** After a stall hls.js fetches many parts at once; when it drops what was seen meanwhile, it forgets some of them and stops. */
const kDropNothing_ms = 3_000;
/** Behind the edge by more than this, playing faster takes too long: jump. */
const kLatencyMax_s = 8;

const kHlsConfig = {
  lowLatencyMode: true,
  // Fragmented MP4 passes through as it is, so a worker would only cost its start.
  enableWorker: false,
  maxLiveSyncPlaybackRate: 1.05,
  liveSyncOnStallIncrease: 0.5,
  maxBufferLength: 8,
  maxMaxBufferLength: 16,
  maxBufferSize: 12 * 1000 * 1000,
  backBufferLength: kBehind_s,
  nudgeMaxRetry: 10,
  capLevelToPlayerSize: true,
  // Begins with the better picture where there are two; the lower one is made for those who turn out to need it.
  abrEwmaDefaultEstimate: 4_000_000,
};

export class HlsPlayer {
  readonly #video: HTMLVideoElement;
  readonly #onPhase: (phase: PlayerPhase) => void;
  readonly #lastFrame: HTMLCanvasElement | undefined;
  #address = '';
  #phase: PlayerPhase = 'idle';
  #hls: Hls | undefined;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchTimer: ReturnType<typeof setInterval> | undefined;
  #lastTime = -1;
  #lastMoved_ms = 0;
  #lastStalled_ms = 0;
  /** Requests for pictures and sound that are under way. */
  #fetching = 0;
  #lastRecovery_ms = 0;
  #slate: { end_s: number; until_ms: number } | undefined;
  /** Grows with every load, so that what an older one still answers is ignored. */
  #generation = 0;
  readonly #listeners: [string, () => void][];

  /** `lastFrame` is painted with what was seen last before the picture is loaded anew, which empties the <video>. */
  constructor(video: HTMLVideoElement, onPhase: (phase: PlayerPhase) => void, lastFrame?: HTMLCanvasElement) {
    this.#video = video;
    this.#onPhase = onPhase;
    this.#lastFrame = lastFrame;
    this.#listeners = [
      ['playing', () => this.#moved()],
      ['timeupdate', () => this.#moved()],
      ['progress', () => this.#trySkip()],
      ['waiting', () => this.#stalled()],
      ['error', () => this.#retryLater()],
    ];
    for (const [name, listener] of this.#listeners) video.addEventListener(name, listener);
  }

  /** Starts, or keeps playing when the address is the one that plays. */
  play(address: string): void {
    if (address === this.#address && this.#phase !== 'idle') return;
    this.#address = address;
    this.#attempt = 0;
    void this.#load();
  }

  /** The picture is known to be back: do not wait for the back-off. What is loaded goes on by itself. */
  refresh(): void {
    if (!this.#address || this.#phase === 'playing' || this.#phase === 'blocked') return;
    if (this.#hls && performance.now() - this.#lastMoved_ms < kStill_ms) return;
    this.#attempt = 0;
    void this.#load();
  }

  /** The camera is back: what is buffered by now is still the slate, and not worth waiting for. */
  skipSlate(): void {
    this.refresh();
    if (this.#phase === 'playing') this.#slate = { end_s: this.#bufferedTo_s, until_ms: performance.now() + kSkip_ms };
  }

  /** Stops fetching; the last frame stays. */
  stop(): void {
    this.#unload();
    this.#address = '';
    this.#setPhase('idle');
  }

  /** After a tap: starts what the browser had blocked. */
  async resume(): Promise<void> {
    try {
      await this.#video.play();
    } catch {
      this.#setPhase('blocked');
    }
  }

  /** To the newest picture, for a page that was in the background. */
  catchUp(): void {
    const edge_s = this.#hls?.liveSyncPosition;
    if (this.#hls && edge_s != null && this.#hls.latency > kLatencyMax_s) this.#video.currentTime = edge_s;
  }

  close(): void {
    this.stop();
    for (const [name, listener] of this.#listeners) this.#video.removeEventListener(name, listener);
  }

  async #load(): Promise<void> {
    this.#unload();
    const generation = this.#generation;
    this.#setPhase(this.#attempt > 0 ? 'waiting' : 'loading');
    this.#lastMoved_ms = performance.now();
    this.#watchTimer = setInterval(() => this.#watch(), kWatch_ms);
    if (!('MediaSource' in window || 'ManagedMediaSource' in window)) {
      this.#video.src = this.#address;
      this.#begin();
      return;
    }
    try {
      const { default: HlsLight } = await import('hls.js/light');
      if (generation === this.#generation) this.#attach(HlsLight as unknown as typeof Hls);
    } catch {
      if (generation === this.#generation) this.#retryLater();
    }
  }

  #attach(HlsClass: typeof Hls): void {
    this.#fetching = 0;
    const hls = new HlsClass({ ...kHlsConfig, xhrSetup: (request, url) => this.#count(request, url) });
    this.#hls = hls;
    hls.on(HlsClass.Events.ERROR, (_event, data) => {
      if (hls === this.#hls && data.fatal) this.#recover(HlsClass, data);
    });
    hls.on(HlsClass.Events.MANIFEST_PARSED, () => this.#begin());
    hls.loadSource(this.#address);
    hls.attachMedia(this.#video);
  }

  #begin(): void {
    this.#video.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#setPhase('blocked');
    });
  }

  #recover(HlsClass: typeof Hls, data: ErrorData): void {
    const now_ms = performance.now();
    const isFirst = now_ms - this.#lastRecovery_ms > kMediaRecoveries_ms;
    if (data.type === HlsClass.ErrorTypes.MEDIA_ERROR && isFirst) {
      this.#lastRecovery_ms = now_ms;
      this.#hls?.recoverMediaError();
      return;
    }
    this.#retryLater();
  }

  #retryLater(): void {
    if (!this.#address) return;
    this.#unload();
    this.#setPhase('waiting');
    const delay_ms = Math.min(kRetryMax_ms, kRetryFirst_ms * 2 ** Math.min(this.#attempt, 5));
    this.#attempt += 1;
    this.#retryTimer = setTimeout(() => void this.#load(), delay_ms * (0.75 + Math.random() / 2));
  }

  /** A picture that stands still although it should run is loaded anew: a restarted server counts from the start. */
  #watch(): void {
    const video = this.#video;
    if (video.paused || document.visibilityState === 'hidden') {
      this.#lastMoved_ms = performance.now();
      return;
    }
    const now_ms = performance.now();
    if (now_ms - this.#lastMoved_ms > kStall_ms) this.#retryLater();
    else if (now_ms - this.#lastMoved_ms > kStuck_ms) this.#goOn();
    else if (this.#hls && now_ms - this.#lastStalled_ms > kDropNothing_ms) this.#hls.config.backBufferLength = kBehind_s;
  }

  #count(request: XMLHttpRequest, url: string): void {
    if (url.includes('.m3u8')) return;
    const generation = this.#generation;
    this.#fetching += 1;
    request.addEventListener('loadend', () => {
      if (generation === this.#generation) this.#fetching -= 1;
    });
  }

  #goOn(): void {
    const newest_s = this.#hls?.liveSyncPosition;
    if (newest_s != null && this.#fetching === 0 && newest_s > this.#bufferedTo_s) this.#video.currentTime = newest_s;
  }

  #stalled(): void {
    this.#lastStalled_ms = performance.now();
    if (this.#hls) this.#hls.config.backBufferLength = Infinity;
    this.#setPhase('waiting');
  }

  #moved(): void {
    const time_s = this.#video.currentTime;
    if (time_s === this.#lastTime || this.#video.paused) return;
    this.#lastTime = time_s;
    this.#lastMoved_ms = performance.now();
    this.#attempt = 0;
    this.#setPhase('playing');
  }

  get #bufferedTo_s(): number {
    const { buffered } = this.#video;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
  }

  #trySkip(): void {
    if (!this.#slate || this.#bufferedTo_s < this.#slate.end_s + kSkipAhead_s) return;
    const { end_s, until_ms } = this.#slate;
    this.#slate = undefined;
    if (performance.now() < until_ms && this.#video.currentTime < end_s) this.#video.currentTime = end_s;
  }

  #keepFrame(): void {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!this.#lastFrame || width === 0 || this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    Object.assign(this.#lastFrame, { width, height });
    this.#lastFrame.getContext('2d')?.drawImage(this.#video, 0, 0);
  }

  #unload(): void {
    this.#keepFrame();
    this.#slate = undefined;
    this.#generation += 1;
    clearTimeout(this.#retryTimer);
    clearInterval(this.#watchTimer);
    this.#hls?.destroy();
    this.#hls = undefined;
  }

  #setPhase(phase: PlayerPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#onPhase(phase);
  }
}
