/** Sends what a Capture gives to a show by WHIP, and keeps sending over lost networks until it is stopped. */
import { apiAddress, csrfHeaders } from '$lib/api/client';
import type { ApiError } from '$lib/api/api_error';
import type { LinkPhase, LinkPolicy, LinkState } from '$lib/rtc/link_machine';
import { RtcLink } from '$lib/rtc/rtc_link';
import type { Capture } from './capture.svelte';
import { judgeLink, readStats, type LinkSample, type LinkVerdict } from './link_quality';
import { keepAwake } from './wake_lock';

/** The server keeps a silent session for a minute, so the restarts end before it. */
const kPolicy: LinkPolicy = { connect_ms: 10_000, restart_ms: 4_000, restartsMax: 10, opensMax: Infinity, backoffFirst_ms: 1_000, backoffMax_ms: 8_000 };
const kVideo_bps_max = 1_800_000;
const kSmallVideo_bps_max = 350_000;
const kAudio_bps_max = 64_000;
const kStats_ms = 1_000;
const kSamplesMax = 10;
/** Encoders get stuck, after a change of camera above all: without a new picture for so long a new session is made. */
const kStuck_ms = 3_000;
/** Our own lost session may still stand at the server for a moment. */
const kOwnSessionTries = 3;
const kHopeless = new Set(['webrtc-off', 'codec-unsupported']);

/** Best first: the server takes the layers in this order. */
const kLayers: RTCRtpEncodingParameters[] = [
  { rid: 'h', maxBitrate: kVideo_bps_max, maxFramerate: 30 },
  { rid: 'l', maxBitrate: kSmallVideo_bps_max, maxFramerate: 30, scaleResolutionDownBy: 2 },
];

/** H.264 first, which every viewer's phone plays in hardware; VP8 where there is no encoder for it. */
function wantedCodecs(): RTCRtpCodec[] {
  const all = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const of = (type: string, fmtp = '') => all.filter(({ mimeType, sdpFmtpLine = '' }) => mimeType.toLowerCase() === type && sdpFmtpLine.includes(fmtp));
  const baseline = of('video/h264', 'profile-level-id=42e0');
  const others = of('video/h264').filter((codec) => !baseline.includes(codec));
  const isWhole = ({ sdpFmtpLine = '' }: RTCRtpCodec) => sdpFmtpLine.includes('packetization-mode=1');
  return [...[...baseline, ...others].filter(isWhole), ...of('video/vp8'), ...of('video/rtx')];
}

/** Which of a show's two cameras this one is. */
export type Seat = 'main' | 'co-host';

export class Broadcast {
  phase = $state<LinkPhase>('idle');
  wasOpen = $state(false);
  /** A problem's code; when it failed. */
  reason = $state('');
  verdict = $state.raw<LinkVerdict>({ quality: 'good', hint: 'none' });
  sample = $state.raw<LinkSample | undefined>();
  readonly #showId: string;
  readonly #seat: Seat;
  readonly #capture: Capture;
  #link: RtcLink | undefined;
  #takesOver = false;
  #samples: LinkSample[] = [];
  #bytes = 0;
  #frames = 0;
  #encoded_ms = 0;
  #statsTimer: ReturnType<typeof setInterval> | undefined;
  #release: (() => void) | undefined;

  constructor(showId: string, capture: Capture, seat: Seat = 'main') {
    this.#showId = showId;
    this.#seat = seat;
    this.#capture = capture;
    capture.onVideo = (track) => this.#replace(track);
  }

  /** Between the tap and the end, also while the line is down. */
  get isOn(): boolean {
    return this.phase !== 'idle' && this.phase !== 'failed' && this.phase !== 'closed';
  }

  /** `takesOver` replaces another camera that is live. */
  start(takesOver = false): void {
    this.stop();
    this.#takesOver = takesOver;
    this.#release = keepAwake();
    this.#statsTimer = setInterval(() => void this.#measure(), kStats_ms);
    this.#link = new RtcLink({
      address: () => apiAddress('/shows/{show_id}/whip', { show_id: this.#showId }, {
        takeover: this.#takesOver || undefined, camera: this.#seat === 'co-host' ? this.#seat : undefined,
      }),
      headers: csrfHeaders,
      policy: kPolicy,
      prepare: (connection) => this.#prepare(connection),
      onState: (state) => this.#onState(state),
      isFinal: (problem, state) => this.#isFinal(problem, state),
    });
    this.#link.start();
  }

  stop(): void {
    clearInterval(this.#statsTimer);
    this.#release?.();
    this.#release = undefined;
    this.#link?.close();
    this.#link = undefined;
    this.wasOpen = false;
    this.phase = 'idle';
  }

  #isFinal(problem: ApiError, state: LinkState): boolean {
    if (kHopeless.has(problem.code)) return true;
    if (problem.code === 'already-live' && state.wasOpen) return state.opens >= kOwnSessionTries;
    return !problem.isPassing;
  }

  #onState(state: LinkState): void {
    this.phase = state.phase;
    this.reason = state.reason;
    this.wasOpen = state.wasOpen;
    if (state.phase === 'open') {
      this.#takesOver = false;
      this.#encoded_ms = performance.now();
    }
    if (state.phase !== 'failed') return;
    clearInterval(this.#statsTimer);
    this.#release?.();
  }

  #prepare(connection: RTCPeerConnection): void {
    const { stream, video, microphone } = this.#capture;
    if (!stream || !video || !microphone) throw new Error('no camera');
    connection.addTransceiver(microphone, { direction: 'sendonly', streams: [stream], sendEncodings: [{ maxBitrate: kAudio_bps_max }] });
    const picture = connection.addTransceiver(video, { direction: 'sendonly', streams: [stream], sendEncodings: kLayers });
    const codecs = wantedCodecs();
    if (codecs.length > 0) picture.setCodecPreferences(codecs);
    this.#bytes = 0;
    this.#samples = [];
  }

  /** Another camera, in the same session and without a new offer. */
  #replace(track: MediaStreamTrack): void {
    const sender = this.#link?.connection?.getSenders().find((one) => one.track?.kind === 'video');
    sender?.replaceTrack(track).catch(() => this.#link?.lost());
  }

  async #measure(): Promise<void> {
    const connection = this.#link?.connection;
    if (!connection || this.phase !== 'open') return;
    const report = (await connection.getStats()) as unknown as Map<string, Record<string, unknown> & { type: string }>;
    if (connection !== this.#link?.connection) return;
    const { sample, bytes, frames } = readStats(report.values(), { bytes: this.#bytes || Infinity }, kStats_ms);
    this.#bytes = bytes;
    this.#watchEncoder(frames);
    this.#samples = [...this.#samples, sample].slice(-kSamplesMax);
    this.sample = sample;
    // The first seconds tell how the browser feels its way, not how the line is.
    if (this.#samples.length > 3) this.verdict = judgeLink(this.#samples);
  }

  #watchEncoder(frames: number): void {
    const now_ms = performance.now();
    const { video, isOpening } = this.#capture;
    const hasPicture = !isOpening && video?.readyState === 'live' && !video.muted && document.visibilityState === 'visible';
    if (frames !== this.#frames || !hasPicture) this.#encoded_ms = now_ms;
    this.#frames = frames;
    if (now_ms - this.#encoded_ms > kStuck_ms) this.#link?.renew();
  }
}
