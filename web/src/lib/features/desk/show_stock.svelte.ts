/** How many of each product are held and waited for, as the desk shows it. */
import { api } from '$lib/api/client';
import type { ShowStock } from '$lib/api/types';
import type { Room } from '$lib/room/room.svelte';
import { Resource } from '$lib/state/resource.svelte';

/** Changes within this are read together. */
const kSettle_ms = 1_000;
/** Who joins or leaves the line is told to nobody. */
const kLookEvery_ms = 10_000;

export class ShowStocks {
  readonly #fetched: Resource<ShowStock[]>;
  #settling: ReturnType<typeof setTimeout> | undefined;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #stopListening: () => void;

  constructor(showId: string, room: Room) {
    this.#fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}/stock', { path: { show_id: showId }, signal })).data.items);
    this.#stopListening = room.onEvent((event) => {
      if (event.type === 'sold' || event.type === 'offered') this.changed();
    });
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.#fetched.reload();
    }, kLookEvery_ms);
    void this.#fetched.reload();
  }

  of(productId: string): ShowStock | undefined {
    return this.#fetched.data?.find(({ product_id }) => product_id === productId);
  }

  /** Something was held, sold or given back: it is read in a moment. */
  changed(): void {
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      void this.#fetched.reload();
    }, kSettle_ms);
  }

  replace(stock: ShowStock): void {
    const others = (this.#fetched.data ?? []).filter(({ product_id }) => product_id !== stock.product_id);
    this.#fetched.data = [...others, stock];
  }

  close(): void {
    clearTimeout(this.#settling);
    clearInterval(this.#timer);
    this.#stopListening();
    this.#fetched.stop();
  }
}
