/** What viewers of a show ask: read once, and brought up to date by the room without asking again. */
import { api } from '$lib/api/client';
import type { ApiError } from '$lib/api/api_error';
import type { Question, RoomEvent } from '$lib/api/types';
import { NewEpoch } from '$lib/room/new_epoch';
import type { Room } from '$lib/room/room.svelte';
import { Resource } from '$lib/state/resource.svelte';
import { isNews, kNewsMax, withNews } from './news';

export class ShowQuestions {
  readonly #fetched: Resource<Question[]>;
  #news: readonly RoomEvent[] = $state.raw([]);
  readonly #all = $derived.by(() => withNews(this.#fetched.data ?? [], this.#news));
  readonly #stopListening: () => void;
  readonly #begun: NewEpoch;

  /** Fetches at once; call `close` when the page is left. */
  constructor(showId: string, room: Room) {
    this.#begun = new NewEpoch(room);
    this.#fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}/questions', { path: { show_id: showId }, signal })).data.items);
    this.#stopListening = room.onEvent((event) => {
      if (!isNews(event)) return;
      this.#news = [...this.#news, event].slice(-kNewsMax);
      // Somebody who is banned is hidden with all they asked, further back than the room remembers.
      if (event.type === 'hidden') void this.#fetched.reload();
    });
    void this.#fetched.reload();
  }

  get open(): Question[] {
    return this.#all.filter(({ answered_at }) => !answered_at);
  }

  get answered(): Question[] {
    return this.#all.filter(({ answered_at }) => answered_at);
  }

  get error(): ApiError | undefined {
    return this.#fetched.error;
  }

  get isLoading(): boolean {
    return this.#fetched.isLoading;
  }

  get isKnown(): boolean {
    return this.#fetched.data !== undefined;
  }

  reload(): Promise<void> {
    return this.#fetched.reload();
  }

  /** Whoever comes back after the room began anew may have missed news; for an effect. */
  followRoom(): void {
    if (!this.#begun.seen()) return;
    this.#news = [];
    void this.#fetched.reload();
  }

  close(): void {
    this.#stopListening();
    this.#fetched.stop();
  }
}
