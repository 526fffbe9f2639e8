/** Which protocol a viewer watches by, and when WebRTC is tried again: pure, told what happened. */

export type Protocol = 'webrtc' | 'hls';

const kSoon_ms = 2_000;
const kRetryFirst_ms = 15_000;
const kRetryMax_ms = 10 * 60_000;
/** Neither comes to fit by waiting; a new camera may. */
const kMisfits = new Set(['codec-unsupported', 'b-frames', 'unsupported']);
/** Something that passes by itself within moments. */
const kPassing = new Set(['not-live', 'network']);

export class ProtocolChoice {
  #failures = 0;
  #isMisfit = false;
  readonly #canWebRtc: boolean;
  readonly #random: () => number;

  constructor(canWebRtc: boolean, random: () => number = Math.random) {
    this.#canWebRtc = canWebRtc;
    this.#random = random;
  }

  /** What to begin with. */
  get first(): Protocol {
    return this.#canWebRtc && !this.#isMisfit ? 'webrtc' : 'hls';
  }

  /** After how long WebRTC is tried again; none: not before a new picture. */
  failed(code: string): number | undefined {
    if (!this.#canWebRtc) return undefined;
    if (kMisfits.has(code)) {
      this.#isMisfit = true;
      return undefined;
    }
    if (kPassing.has(code)) return kSoon_ms;
    this.#failures += 1;
    const pause_ms = Math.min(kRetryMax_ms, kRetryFirst_ms * 2 ** Math.min(this.#failures - 1, 10));
    // Viewers that lost the same server do not come back in the same moment.
    return pause_ms * (0.75 + this.#random() / 2);
  }

  /** It played for a good while. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Another camera, or the same begun anew. Answers whether WebRTC may be tried at once. */
  newPicture(): boolean {
    const wasMisfit = this.#isMisfit;
    this.#isMisfit = false;
    return this.#canWebRtc && wasMisfit;
  }
}
