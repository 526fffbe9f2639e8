/** Receives a show by WHEP. Silent until there is picture; then it lives until it fails or is closed. */
import { RtcLink } from '$lib/rtc/rtc_link';
import type { LinkPolicy, LinkState } from '$lib/rtc/link_machine';

/**
 * A viewer has LL-HLS to go to, so it does not insist on a new session; one that it had it tries to restore for as
 * long as the server is sure to keep it.
 */
const kPolicy: LinkPolicy = { connect_ms: 6_000, restart_ms: 3_000, restartsMax: 10, opensMax: 1, backoffFirst_ms: 500, backoffMax_ms: 500 };

export interface WhepListener {
  /** The stream to show; again with each new session. */
  onPicture: (stream: MediaStream) => void;
  /** Whether the line is being restored. */
  onRestoring: (isRestoring: boolean) => void;
  /** It is over, by a problem's code or `no-path`. */
  onFailed: (code: string) => void;
}

export class WhepPlayer {
  readonly #link: RtcLink;
  readonly #listener: WhepListener;
  readonly #kinds: readonly ('audio' | 'video')[];
  #stream = new MediaStream();

  /** `kinds`: what is asked for; the rest is not sent. */
  constructor(address: string, listener: WhepListener, kinds: readonly ('audio' | 'video')[] = ['audio', 'video']) {
    this.#kinds = kinds;
    this.#listener = listener;
    this.#link = new RtcLink({
      address: () => address,
      headers: () => ({}),
      policy: kPolicy,
      prepare: (connection) => this.#prepare(connection),
      onState: (state) => this.#onState(state),
      isFinal: () => true,
    });
  }

  start(): void {
    this.#link.start();
  }

  /** The line to the server stands, as far as the browser knows. */
  get isOpen(): boolean {
    return this.#link.state.phase === 'open';
  }

  /** No picture came for long: tries to restore the line. */
  lost(): void {
    this.#link.lost();
  }

  close(): void {
    this.#link.close();
  }

  #prepare(connection: RTCPeerConnection): void {
    this.#stream = new MediaStream();
    for (const kind of this.#kinds) {
      this.#stream.addTrack(connection.addTransceiver(kind, { direction: 'recvonly' }).receiver.track);
    }
  }

  #onState(state: LinkState): void {
    if (state.phase === 'open') this.#listener.onPicture(this.#stream);
    if (state.phase === 'failed') this.#listener.onFailed(state.reason);
    else this.#listener.onRestoring(state.wasOpen && state.phase !== 'open' && state.phase !== 'closed');
  }
}
