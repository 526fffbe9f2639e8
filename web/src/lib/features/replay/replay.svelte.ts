/** Whether a show can be watched again. Asked for once it is over. */
import { api } from '$lib/api/client';
import type { Recording, ShowStatus } from '$lib/api/types';

const kRetry_ms = 1_500;
const kTriesMax = 6;

export class Replay {
  recording: Recording | undefined = $state.raw();
  readonly #showId: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsked = false;

  constructor(showId: string) {
    this.#showId = showId;
  }

  /** To be called whenever the status may have changed. */
  follow(status: ShowStatus): void {
    if (status !== 'ended' || this.#isAsked) return;
    this.#isAsked = true;
    void this.#ask(1);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** The end of a show is a moment ahead of the end of its recording. */
  async #ask(attempt: number): Promise<void> {
    try {
      const { data } = await api.get('/shows/{show_id}/recording', { path: { show_id: this.#showId } });
      if (data.state === 'ready') this.recording = data;
      else if (attempt < kTriesMax) this.#timer = setTimeout(() => void this.#ask(attempt + 1), kRetry_ms);
    } catch {
      // It was not recorded, or it is gone: the show is over, which the page says already.
    }
  }
}
