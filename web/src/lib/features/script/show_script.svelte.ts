/** The script of a show, and the beat under way, as this phone and the others of the desk have it. */
import type { ApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { Beat, NewBeat, Script } from '$lib/api/types';
import { Resource } from '$lib/state/resource.svelte';

/** Another phone of the desk may have begun a beat. */
const kLookEvery_ms = 5_000;

export class ShowScript {
  readonly #path: { show_id: string };
  readonly #fetched: Resource<Script>;
  readonly #timer: ReturnType<typeof setInterval>;
  #isBusy = $state(false);

  /** Fetches at once; call `close` when the page is left. */
  constructor(showId: string) {
    this.#path = { show_id: showId };
    this.#fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}/script', { path: this.#path, signal })).data);
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !this.#isBusy) void this.#fetched.reload();
    }, kLookEvery_ms);
    void this.#fetched.reload();
  }

  get isKnown(): boolean {
    return this.#fetched.data !== undefined;
  }

  get beats(): Beat[] {
    return this.#fetched.data?.beats ?? [];
  }

  /** The place of the beat under way; -1 before the first, and where it was taken out of the script. */
  get place(): number {
    return this.beats.findIndex(({ id }) => id === this.#fetched.data?.under_way?.beat_id);
  }

  get begunAt(): string | undefined {
    return this.#fetched.data?.under_way?.begun_at;
  }

  get error(): ApiError | undefined {
    return this.#fetched.error;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  reload(): Promise<void> {
    return this.#fetched.reload();
  }

  /** Fails with an ApiError. */
  begin(beat_id: string, pin: boolean): Promise<void> {
    return this.#change(async () => (await api.post('/shows/{show_id}/script/{beat_id}/begin', { path: { ...this.#path, beat_id }, body: { pin } })).data);
  }

  /** Fails with an ApiError. */
  save(beats: NewBeat[]): Promise<void> {
    return this.#change(async () => (await api.put('/shows/{show_id}/script', { path: this.#path, body: { beats } })).data);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#fetched.stop();
  }

  async #change(work: () => Promise<Script>): Promise<void> {
    this.#isBusy = true;
    // A reading that is under way would bring back what was before.
    this.#fetched.stop();
    try {
      this.#fetched.data = await work();
    } finally {
      this.#isBusy = false;
    }
  }
}
