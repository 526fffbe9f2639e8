/** A room for components: the newest state as runes, and listeners for what happens. */
import { kApiBase } from '$lib/api/client';
import type { Refused, RoomEvent, Wanted } from '$lib/api/types';
import { noteRoomClock } from '$lib/state/server_clock';
import { locale } from '$lib/i18n/i18n.svelte';
import { RoomClient, type RoomLink, type RoomSocket } from './room_client';
import { emptyRoom, type RoomState } from './room_state';

const kHeartsBatch_ms = 400;
const kHeartsPerCommandMax = 20;

type EventListener = (event: RoomEvent) => void;
type RefusedListener = (refused: Refused) => void;
type WantedListener = (wanted: Wanted) => void;

export class Room {
  #state = $state.raw<RoomState>(emptyRoom());
  #link = $state<RoomLink>('closed');
  readonly #client: RoomClient;
  readonly #eventListeners = new Set<EventListener>();
  readonly #refusedListeners = new Set<RefusedListener>();
  readonly #wantedListeners = new Set<WantedListener>();
  readonly #stopWatching: () => void;
  #heartsWaiting = 0;
  #heartsTimer: ReturnType<typeof setTimeout> | undefined;

  /** Joins at once; call `close` when the page is left. */
  constructor(showId: string) {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const address = `${scheme}//${location.host}${kApiBase}/shows/${encodeURIComponent(showId)}/room`;
    this.#client = new RoomClient({ address, open: (url) => new WebSocket(url) as unknown as RoomSocket }, {
      onState: (state) => {
        this.#state = state;
        if (state.isKnown) noteRoomClock(state.ahead_ms);
      },
      onLink: (link) => (this.#link = link),
      onEvents: (events) => {
        for (const event of events) for (const listener of this.#eventListeners) listener(event);
      },
      onRefused: (refused) => {
        for (const listener of this.#refusedListeners) listener(refused);
      },
      onWanted: (wanted) => {
        for (const listener of this.#wantedListeners) listener(wanted);
      },
    });
    const back = () => this.#client.reconnectNow();
    const shown = () => {
      if (document.visibilityState === 'visible' && this.#link === 'waiting') back();
    };
    window.addEventListener('online', back);
    document.addEventListener('visibilitychange', shown);
    this.#stopWatching = () => {
      window.removeEventListener('online', back);
      document.removeEventListener('visibilitychange', shown);
    };
    this.#client.join();
  }

  get state(): RoomState {
    return this.#state;
  }

  get link(): RoomLink {
    return this.#link;
  }

  /** Returns the function that stops listening. */
  onEvent(listener: EventListener): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  onRefused(listener: RefusedListener): () => void {
    this.#refusedListeners.add(listener);
    return () => this.#refusedListeners.delete(listener);
  }

  /** What this viewer has ordered in the chat, held or refused. */
  onWanted(listener: WantedListener): () => void {
    this.#wantedListeners.add(listener);
    return () => this.#wantedListeners.delete(listener);
  }

  /** The ref of the sent message; none while the line is down. */
  say(text: string, isQuestion = false): string | undefined {
    const ref = this.#client.newRef();
    return this.#client.send({ type: 'chat', ref, text, lang: locale(), ...(isQuestion && { question: true }) }) ? ref : undefined;
  }

  /** Asks for a product to be shown, or no more; the ref of the sent command, none while the line is down. */
  raiseHand(product_id: string, isUp: boolean): string | undefined {
    const ref = this.#client.newRef();
    return this.#client.send({ type: isUp ? 'raise_hand' : 'lower_hand', ref, product_id }) ? ref : undefined;
  }

  /** Taps within a moment travel together. */
  sendHeart(): void {
    this.#heartsWaiting = Math.min(this.#heartsWaiting + 1, kHeartsPerCommandMax);
    this.#heartsTimer ??= setTimeout(() => {
      this.#heartsTimer = undefined;
      this.#client.send({ type: 'hearts', count: this.#heartsWaiting });
      this.#heartsWaiting = 0;
    }, kHeartsBatch_ms);
  }

  rejoinAfresh(): void {
    this.#client.rejoinAfresh();
  }

  close(): void {
    clearTimeout(this.#heartsTimer);
    this.#stopWatching();
    this.#client.close();
  }
}
