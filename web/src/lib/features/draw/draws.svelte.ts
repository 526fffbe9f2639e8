/** The lucky draws of a show: read once, and brought up to date by the room without asking again. */
import { api } from '$lib/api/client';
import type { Draw, RoomDraw } from '$lib/api/types';
import { NewEpoch } from '$lib/room/new_epoch';
import type { Room } from '$lib/room/room.svelte';
import { Resource } from '$lib/state/resource.svelte';

/** What a room tells of a draw, with what this device knows of itself. */
export function withNews(known: Draw | undefined, news: RoomDraw, show_id: string): Draw {
  const place = news.winners.findIndex(({ number }) => number === known?.mine?.number) + 1;
  const mine = known?.mine && { ...known.mine, place: place > 0 ? place : undefined };
  // What is not told again is of the draw's beginning.
  return { opened_at: news.closes_at, ...known, show_id, ...news, mine };
}

export class ShowDraws {
  readonly #showId: string;
  readonly #fetched: Resource<Draw[]>;
  readonly #stopListening: () => void;
  readonly #begun: NewEpoch;

  /** Fetches at once; call `close` when the page is left. */
  constructor(showId: string, room: Room) {
    this.#showId = showId;
    this.#begun = new NewEpoch(room);
    this.#fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}/draws', { path: { show_id: showId }, signal })).data.items);
    this.#stopListening = room.onEvent((event) => {
      if (event.type === 'draw') this.take(withNews(this.#of(event.draw.id), event.draw, this.#showId));
    });
    void this.#fetched.reload();
  }

  #of(id: string): Draw | undefined {
    return this.#fetched.data?.find((one) => one.id === id);
  }

  /** The newest that was not called off. */
  get current(): Draw | undefined {
    return this.#fetched.data?.find(({ state }) => state !== 'cancelled');
  }

  get open(): Draw | undefined {
    return this.#fetched.data?.find(({ state }) => state === 'open');
  }

  /** A draw as the server has just told it. */
  take(draw: Draw): void {
    const others = (this.#fetched.data ?? []).filter(({ id }) => id !== draw.id);
    this.#fetched.data = [draw, ...others].sort((a, b) => Number(b.id) - Number(a.id));
  }

  reload(): Promise<void> {
    return this.#fetched.reload();
  }

  /** Whoever comes back after the room began anew may have missed news; for an effect. */
  followRoom(): void {
    if (this.#begun.seen()) void this.#fetched.reload();
  }

  close(): void {
    this.#stopListening();
    this.#fetched.stop();
  }
}
