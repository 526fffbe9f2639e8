/**
 * One WHIP or WHEP session that stays: offers, restarts ICE when the network changes, and opens anew when the
 * server has forgotten it. Candidates are not told: the server learns ours from the checks. Page's thread.
 */
import { readProblem, type ApiError } from '$lib/api/api_error';
import { withAudioNack } from './audio_nack';
import { answerWith, fragmentOf } from './ice_fragment';
import { idleLink, nextLink, type LinkEvent, type LinkPolicy, type LinkState } from './link_machine';

export interface RtcLinkSettings {
  /** The end point; asked at each offer. */
  address: () => string;
  headers: () => Record<string, string>;
  policy: LinkPolicy;
  /** Puts in what is sent or received; called for each new connection. */
  prepare: (connection: RTCPeerConnection) => void;
  onState: (state: LinkState) => void;
  /** Whether asking again is no use. */
  isFinal: (problem: ApiError, state: LinkState) => boolean;
}

interface Session {
  connection: RTCPeerConnection;
  address: string;
  answer: string;
}

export class RtcLink {
  readonly #settings: RtcLinkSettings;
  #state = idleLink();
  #connection: RTCPeerConnection | undefined;
  #session: Session | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #patching: AbortController | undefined;
  readonly #onNetwork = () => this.#take({ type: 'network-changed' });
  /** A page that comes back out of the browser's cache finds the session gone, and makes a new one. */
  readonly #onLeave = () => this.#session && forget(this.#session.address, true);

  constructor(settings: RtcLinkSettings) {
    this.#settings = settings;
    window.addEventListener('online', this.#onNetwork);
    window.addEventListener('pagehide', this.#onLeave);
    networkInformation()?.addEventListener('change', this.#onNetwork);
  }

  get state(): LinkState {
    return this.#state;
  }

  /** That of the session under way, for getStats and senders. */
  get connection(): RTCPeerConnection | undefined {
    return this.#connection;
  }

  start(): void {
    this.#take({ type: 'start' });
  }

  /** The picture stands still although the connection says nothing. */
  lost(): void {
    this.#take({ type: 'lost' });
  }

  /** The session is of no more use, although it is connected. */
  renew(): void {
    this.#take({ type: 'gone' });
  }

  /** Ends the session, at the server too. */
  close(): void {
    window.removeEventListener('online', this.#onNetwork);
    window.removeEventListener('pagehide', this.#onLeave);
    networkInformation()?.removeEventListener('change', this.#onNetwork);
    this.#take({ type: 'close' });
  }

  #take(event: LinkEvent): void {
    const step = nextLink(this.#state, event, this.#settings.policy);
    if (!step) return;
    clearTimeout(this.#timer);
    this.#state = step.state;
    if (step.timer_ms !== undefined) this.#timer = setTimeout(() => this.#take({ type: 'timeout' }), step.timer_ms);
    if (step.action === 'drop' || step.action === 'open') this.#drop();
    if (step.action === 'open') void this.#open();
    if (step.action === 'restart') void this.#restart();
    this.#settings.onState(step.state);
  }

  async #open(): Promise<void> {
    const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    this.#connection = connection;
    connection.addEventListener('connectionstatechange', () => connection === this.#connection && this.#onConnection(connection));
    try {
      this.#settings.prepare(connection);
      await offer(connection);
      const response = await fetch(this.#settings.address(), {
        method: 'POST', body: connection.localDescription?.sdp ?? '', headers: { ...this.#settings.headers(), 'Content-Type': 'application/sdp' },
      });
      if (!response.ok) return this.#refused(connection, await readProblem(response));
      const session = { connection, address: new URL(response.headers.get('Location') ?? '', response.url).href, answer: await response.text() };
      if (connection !== this.#connection) return forget(session.address);
      this.#session = session;
      await connection.setRemoteDescription({ type: 'answer', sdp: session.answer });
    } catch {
      if (connection === this.#connection) this.#take({ type: 'refused', code: 'network', isFinal: false });
    }
  }

  #refused(connection: RTCPeerConnection, problem: ApiError): void {
    if (connection !== this.#connection) return;
    this.#take({ type: 'refused', code: problem.code, isFinal: this.#settings.isFinal(problem, this.#state) });
  }

  #onConnection(connection: RTCPeerConnection): void {
    if (connection.connectionState === 'connected') this.#take({ type: 'connected' });
    if (connection.connectionState === 'disconnected' || connection.connectionState === 'failed') this.#take({ type: 'lost' });
  }

  /** A network that does not answer is tried again by the machine's timer. */
  async #restart(): Promise<void> {
    const session = this.#session;
    this.#patching?.abort();
    if (!session) return this.#take({ type: 'gone' });
    const patching = new AbortController();
    this.#patching = patching;
    try {
      const isStale = () => patching.signal.aborted || session !== this.#session;
      const status = await restartIce(session, patching.signal, isStale);
      if (isStale()) return;
      if (status >= 400) return this.#take({ type: 'gone' });
      if (session.connection.connectionState === 'connected') this.#take({ type: 'connected' });
    } catch {
      return;
    }
  }

  #drop(): void {
    this.#patching?.abort();
    if (this.#session) forget(this.#session.address);
    this.#session = undefined;
    this.#connection?.close();
    this.#connection = undefined;
  }
}

async function offer(connection: RTCPeerConnection, options: RTCOfferOptions = {}): Promise<void> {
  const { type, sdp = '' } = await connection.createOffer(options);
  await connection.setLocalDescription({ type, sdp: withAudioNack(sdp) });
}

/** The status of the server's answer, which is applied when it is a good one. */
async function restartIce(session: Session, signal: AbortSignal, isStale: () => boolean): Promise<number> {
  const { connection } = session;
  if (connection.signalingState === 'have-local-offer') await connection.setLocalDescription({ type: 'rollback' });
  await offer(connection, { iceRestart: true });
  const response = await fetch(session.address, {
    method: 'PATCH', body: fragmentOf(connection.localDescription?.sdp ?? '') ?? '', signal,
    headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
  });
  if (!response.ok) {
    letGo(response);
    return response.status;
  }
  const sdp = answerWith(session.answer, await response.text());
  if (isStale()) return response.status;
  if (!sdp) return 502;
  await connection.setRemoteDescription({ type: 'answer', sdp });
  session.answer = sdp;
  return response.status;
}

/** An answer whose body nobody reads keeps one of the few connections of HTTP/1.1 busy. */
function letGo(response: Response): void {
  response.text().catch(() => undefined);
}

/** A server that is away forgets the session by itself. */
function forget(address: string, isLeaving = false): void {
  fetch(address, { method: 'DELETE', keepalive: isLeaving }).then(letGo, () => undefined);
}

function networkInformation(): EventTarget | undefined {
  return (navigator as Navigator & { connection?: EventTarget }).connection;
}
