/**
 * Plays a live show in one <video>: by WebRTC where that works, else by LL-HLS, and back to WebRTC later. Muted
 * until asked; back by itself after whatever was lost. Page's thread; `close` ends it for good.
 */
import { HlsPlayer, type PlayerPhase } from './hls_player';
import { ProtocolChoice, type Protocol } from './protocol_choice';
import { WhepPlayer } from './whep_player';

export type { PlayerPhase } from './hls_player';
export type { Protocol } from './protocol_choice';

export interface ShowAddresses {
  hls: string;
  whep: string;
}

const kWatch_ms = 500;
/** Without a new picture for so long the viewer is told, then the line is restored, and then LL-HLS plays. */
const kStill_ms = 1_500;
const kRestore_ms = 2_500;
const kStall_ms = 5_000;
const kGoodWhile_ms = 30_000;
/** A path that takes longer than this is rare: LL-HLS begins meanwhile. */
const kHeadStart_ms = 2_500;

export class ShowPlayer {
  readonly #video: HTMLVideoElement;
  readonly #onChange: (phase: PlayerPhase, protocol: Protocol) => void;
  readonly #lastFrame: HTMLCanvasElement | undefined;
  readonly #hls: HlsPlayer;
  readonly #choice = new ProtocolChoice('RTCPeerConnection' in window);
  #addresses: ShowAddresses | undefined;
  #protocol: Protocol = 'hls';
  #phase: PlayerPhase = 'idle';
  #whep: WhepPlayer | undefined;
  #headStart: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchTimer: ReturnType<typeof setInterval> | undefined;
  #isAway = false;
  #frames = 0;
  #moved_ms = 0;
  #isRestored = false;
  #shownSince_ms = 0;

  /** `lastFrame` is painted with what was seen last before the <video> is emptied. */
  constructor(video: HTMLVideoElement, onChange: (phase: PlayerPhase, protocol: Protocol) => void, lastFrame?: HTMLCanvasElement) {
    this.#video = video;
    this.#onChange = onChange;
    this.#lastFrame = lastFrame;
    this.#hls = new HlsPlayer(video, (phase) => this.#protocol === 'hls' && this.#setPhase(phase), lastFrame);
  }

  /** Starts, or keeps playing what plays. */
  play(addresses: ShowAddresses): void {
    if (this.#addresses?.hls === addresses.hls && this.#phase !== 'idle') return;
    this.stop();
    this.#addresses = addresses;
    if (this.#choice.first === 'webrtc') this.#tryWebRtc(true);
    else this.#useHls();
  }

  /** The publisher is known to be gone for a while, so a picture that stands still is no fault of the line. */
  setAway(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#moved_ms = performance.now();
    if (isAway || !this.#addresses) return;
    if (this.#protocol === 'hls') this.#hls.skipSlate();
    if (this.#choice.newPicture() && !this.#whep) this.#tryWebRtc(false);
  }

  /** The picture is known to be back: do not wait for the back-off. */
  refresh(): void {
    if (this.#protocol === 'hls') this.#hls.refresh();
  }

  /** Stops receiving; the last frame stays. */
  stop(): void {
    clearTimeout(this.#retryTimer);
    this.#endWebRtc();
    this.#hls.stop();
    this.#addresses = undefined;
    this.#setPhase('idle');
  }

  /** After a tap: starts what the browser had blocked. */
  async resume(): Promise<void> {
    if (this.#protocol === 'hls') return this.#hls.resume();
    await this.#video.play().then(() => undefined, () => this.#setPhase('blocked'));
  }

  /** To the newest picture, for a page that was in the background. */
  catchUp(): void {
    this.#moved_ms = performance.now();
    if (this.#protocol === 'hls') this.#hls.catchUp();
  }

  close(): void {
    this.stop();
    this.#hls.close();
  }

  /** `isFirst`: nothing else plays meanwhile. */
  #tryWebRtc(isFirst: boolean): void {
    const addresses = this.#addresses;
    if (!addresses) return;
    clearTimeout(this.#retryTimer);
    if (isFirst) {
      this.#protocol = 'webrtc';
      this.#setPhase('loading');
      this.#headStart = setTimeout(() => this.#useHls(), kHeadStart_ms);
    }
    const whep: WhepPlayer = new WhepPlayer(addresses.whep, {
      onPicture: (stream) => whep === this.#whep && this.#show(stream),
      onRestoring: (isRestoring) => whep === this.#whep && isRestoring && this.#protocol === 'webrtc' && this.#setPhase('waiting'),
      onFailed: (code) => whep === this.#whep && this.#webRtcFailed(code),
    });
    this.#whep = whep;
    whep.start();
  }

  #show(stream: MediaStream): void {
    const video = this.#video;
    clearTimeout(this.#headStart);
    if (video.srcObject === stream) return;
    this.#keepFrame();
    this.#protocol = 'webrtc';
    this.#hls.stop();
    video.srcObject = stream;
    this.#frames = video.getVideoPlaybackQuality().totalVideoFrames;
    this.#moved_ms = performance.now();
    this.#shownSince_ms = this.#moved_ms;
    clearInterval(this.#watchTimer);
    this.#watchTimer = setInterval(() => this.#watch(), kWatch_ms);
    video.requestVideoFrameCallback?.(() => this.#video.srcObject === stream && this.#moved());
    video.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#setPhase('blocked');
    });
  }

  #watch(): void {
    const now_ms = performance.now();
    const { totalVideoFrames } = this.#video.getVideoPlaybackQuality();
    if (totalVideoFrames !== this.#frames) {
      this.#frames = totalVideoFrames;
      this.#moved();
      if (now_ms - this.#shownSince_ms > kGoodWhile_ms) this.#choice.succeeded();
      return;
    }
    if (this.#video.paused || document.visibilityState === 'hidden') this.#moved_ms = now_ms;
    const still_ms = now_ms - this.#moved_ms;
    if (still_ms > kStill_ms && this.#phase === 'playing') this.#setPhase('waiting');
    if (this.#isAway) return;
    if (still_ms > kRestore_ms && !this.#isRestored) {
      this.#isRestored = true;
      this.#whep?.lost();
    }
    if (still_ms > kStall_ms) this.#stalled();
  }

  /** A line that stands and brings nothing is given up; one that is being restored may yet come back. */
  #stalled(): void {
    if (this.#whep?.isOpen) return this.#webRtcFailed('stalled');
    this.#hide();
    this.#useHls();
  }

  #moved(): void {
    this.#moved_ms = performance.now();
    this.#isRestored = false;
    if (!this.#video.paused && this.#phase !== 'idle') this.#setPhase('playing');
  }

  #webRtcFailed(code: string): void {
    const wasShown = this.#protocol === 'webrtc';
    this.#endWebRtc();
    if (wasShown) this.#useHls();
    const pause_ms = this.#choice.failed(code);
    if (pause_ms !== undefined) this.#retryTimer = setTimeout(() => this.#tryWebRtc(false), pause_ms);
  }

  #endWebRtc(): void {
    const whep = this.#whep;
    this.#whep = undefined;
    whep?.close();
    this.#hide();
  }

  /** Takes the picture by WebRTC off the <video>. */
  #hide(): void {
    clearTimeout(this.#headStart);
    clearInterval(this.#watchTimer);
    if (!this.#video.srcObject) return;
    this.#keepFrame();
    this.#video.srcObject = null;
  }

  #useHls(): void {
    if (!this.#addresses) return;
    this.#protocol = 'hls';
    this.#hls.play(this.#addresses.hls);
  }

  #keepFrame(): void {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!this.#lastFrame || width === 0 || this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    Object.assign(this.#lastFrame, { width, height });
    this.#lastFrame.getContext('2d')?.drawImage(this.#video, 0, 0);
  }

  #setPhase(phase: PlayerPhase): void {
    this.#phase = phase;
    this.#onChange(phase, this.#protocol);
  }
}
