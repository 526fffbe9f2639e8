/**
 * A show's sound alone, by WebRTC. LL-HLS brings sound and picture together, so where there is no WebRTC there is no
 * sound without the picture's cost. Tries again by itself; page's thread; `close` ends it for good.
 */
import { ProtocolChoice } from './protocol_choice';
import { WhepPlayer } from './whep_player';

/** `missing`: this line brings none; it is tried again meanwhile. */
export type SoundPhase = 'idle' | 'loading' | 'playing' | 'missing';

export class SoundPlayer {
  readonly #audio: HTMLAudioElement;
  readonly #onPhase: (phase: SoundPhase) => void;
  readonly #choice = new ProtocolChoice('RTCPeerConnection' in window);
  #address = '';
  #whep: WhepPlayer | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(audio: HTMLAudioElement, onPhase: (phase: SoundPhase) => void) {
    this.#audio = audio;
    this.#onPhase = onPhase;
  }

  /** After a tap, as browsers want it. */
  play(address: string): void {
    if (address === this.#address) return;
    this.stop();
    this.#address = address;
    if (this.#choice.first === 'webrtc') this.#try();
    else this.#onPhase('missing');
  }

  stop(): void {
    clearTimeout(this.#retryTimer);
    this.#address = '';
    this.#end();
    this.#onPhase('idle');
  }

  close(): void {
    this.stop();
  }

  #try(): void {
    this.#onPhase('loading');
    const whep: WhepPlayer = new WhepPlayer(this.#address, {
      onPicture: (stream) => whep === this.#whep && this.#hear(stream),
      onRestoring: (isRestoring) => whep === this.#whep && isRestoring && this.#onPhase('loading'),
      onFailed: (code) => whep === this.#whep && this.#failed(code),
    }, ['audio']);
    this.#whep = whep;
    whep.start();
  }

  #hear(stream: MediaStream): void {
    if (this.#audio.srcObject !== stream) this.#audio.srcObject = stream;
    this.#choice.succeeded();
    this.#audio.play().then(() => this.#onPhase('playing'), () => this.stop());
  }

  #failed(code: string): void {
    this.#end();
    this.#onPhase('missing');
    const pause_ms = this.#choice.failed(code);
    if (pause_ms !== undefined) this.#retryTimer = setTimeout(() => this.#try(), pause_ms);
  }

  #end(): void {
    const whep = this.#whep;
    this.#whep = undefined;
    whep?.close();
    this.#audio.srcObject = null;
  }
}
