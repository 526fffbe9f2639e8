/** The lucky draw of a show that is open, or was the last: read when the room says that something of it has changed. */
import { api } from '$lib/api/client';
import type { Draw } from '$lib/api/types';
import type { Room } from '$lib/room/room.svelte';
import { Resource } from '$lib/state/resource.svelte';

export class ShowDraws {
  readonly #fetched: Resource<Draw[]>;
  readonly #stopListening: () => void;
  readonly #room: Room;
  #epoch = '';

  /** Fetches at once; call `close` when the page is left. */
  constructor(showId: string, room: Room) {
    this.#room = room;
    this.#fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}/draws', { path: { show_id: showId }, signal })).data.items);
    this.#stopListening = room.onEvent((event) => {
      if (event.type === 'draw') void this.#fetched.reload();
    });
    void this.#fetched.reload();
  }

  /** The newest that was not called off. */
  get current(): Draw | undefined {
    return this.#fetched.data?.find(({ state }) => state !== 'cancelled');
  }

  get open(): Draw | undefined {
    return this.#fetched.data?.find(({ state }) => state === 'open');
  }

  reload(): Promise<void> {
    return this.#fetched.reload();
  }

  /** Whoever comes back after the room began anew may have missed news; for an effect. */
  followRoom(): void {
    const { epoch } = this.#room.state;
    if (this.#epoch !== '' && epoch !== this.#epoch) void this.#fetched.reload();
    this.#epoch = epoch;
  }

  close(): void {
    this.#stopListening();
    this.#fetched.stop();
  }
}
