/** What a show holds for this device, and where the device stands in line. */
import { toApiError } from '$lib/api/api_error';
import { describeError } from '$lib/api/describe_error';
import type { Hold, RoomEvent, Wait } from '$lib/api/types';
import type { Room } from '$lib/room/room.svelte';
import { isDeviceKnown } from '$lib/state/device.svelte';
import { showToast } from '$lib/state/toasts.svelte';
import { cancelHold, leaveLine, listHolds } from './calls';
import { endOf } from './hold_clock';

/** The room tells an offer at once; this finds what a lost line may have hidden. */
const kLookEvery_ms = 30_000;

export interface RunningOffer {
  hold: Hold;
  /** By the phone's clock. */
  end_ms: number;
}

export class ShowHolds {
  waits: Wait[] = $state.raw([]);
  offers: RunningOffer[] = $state.raw([]);
  readonly #showId: string;
  readonly #stopListening: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #isClosed = false;

  /** Asks nothing yet: `reload` when the room is joined. */
  constructor(showId: string, room: Room) {
    this.#showId = showId;
    this.#stopListening = room.onEvent((event) => this.#hear(event));
    this.#timer = setInterval(() => {
      if (this.waits.length > 0) void this.reload();
    }, kLookEvery_ms);
  }

  /** A browser that never bought, spoke or waited has nothing here, and is not asked. */
  async reload(): Promise<void> {
    if (!isDeviceKnown()) return;
    try {
      const asked_ms = Date.now();
      const { holds, waits, now } = await listHolds(this.#showId);
      if (this.#isClosed) return;
      this.waits = waits;
      this.offers = holds.filter(({ offered }) => offered)
        .map((hold) => ({ hold, end_ms: endOf(hold.expires_at, now, asked_ms) }));
    } catch (error) {
      if (toApiError(error).status === 401) this.waits = [];
    }
  }

  joined(wait: Wait): void {
    this.waits = [wait, ...this.waits.filter(({ id }) => id !== wait.id)];
  }

  async leave(wait: Wait): Promise<void> {
    try {
      await leaveLine(wait.id);
      this.waits = this.waits.filter(({ id }) => id !== wait.id);
    } catch (error) {
      showToast(describeError(error), 'bad');
    }
  }

  /** Gives the offer to the next in line. */
  async decline(hold: Hold): Promise<void> {
    try {
      await cancelHold(hold.id);
      this.ended(hold);
    } catch (error) {
      showToast(describeError(error), 'bad');
    }
  }

  /** Bought, given back, or its time is over. */
  ended(hold: Pick<Hold, 'product_id'>): void {
    this.offers = this.offers.filter((offer) => offer.hold.product_id !== hold.product_id);
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    clearInterval(this.#timer);
  }

  #hear(event: RoomEvent): void {
    if (event.type !== 'offered') return;
    if (this.waits.some(({ id }) => id === event.wait_id)) {
      void this.reload();
      return;
    }
    // Somebody before us was served: ids grow with the line.
    this.waits = this.waits.map((wait) => {
      const wasBefore = wait.product_id === event.product_id && Number(event.wait_id) < Number(wait.id);
      return wasBefore ? { ...wait, place: Math.max(1, wait.place - 1) } : wait;
    });
  }
}
