/** The coupons that a show gives out by a tap, and those that this device has of its shop. */
import { toApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { Coupon, HeldCoupon } from '$lib/api/types';
import { NewEpoch } from '$lib/room/new_epoch';
import type { Room } from '$lib/room/room.svelte';
import { ensureDevice, isDeviceKnown } from '$lib/state/device.svelte';

/** A crowd that hears of the same coupon does not ask at the same moment. */
const kSpread_ms = 700;

export class ShowCoupons {
  offers: Coupon[] = $state.raw([]);
  held: HeldCoupon[] = $state.raw([]);
  /** Put away by the buyer. */
  #seen: string[] = $state.raw([]);
  readonly #showId: string;
  readonly #stopListening: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #begun: NewEpoch;
  #isClosed = false;

  /** Fetches at once; call `close` when the page is left. */
  constructor(showId: string, room: Room) {
    this.#showId = showId;
    this.#begun = new NewEpoch(room);
    this.#stopListening = room.onEvent((event) => {
      if (event.type === 'coupon') this.#hear(event.coupon_id, event.left);
    });
    void this.#reload();
  }

  /** What is shown: the newest that was not put away; one that the device has says so. */
  get current(): Coupon | undefined {
    return this.offers.find((one) => !this.#seen.includes(one.id) && (one.left > 0 || this.has(one)));
  }

  has(coupon: Coupon): boolean {
    return this.held.some(({ offer_id }) => offer_id === coupon.id);
  }

  putAway(coupon: Coupon): void {
    this.#seen = [...this.#seen, coupon.id];
  }

  /** Throws what the server said. */
  async take(coupon: Coupon): Promise<void> {
    try {
      await ensureDevice();
      const { data } = await api.post('/device/coupons', { body: { offer_id: coupon.id } });
      this.held = [...this.held.filter(({ id }) => id !== data.id), data];
      this.#setLeft(coupon.id, data.left);
    } catch (error) {
      if (['coupon-gone', 'coupon-over'].includes(toApiError(error).code)) this.#setLeft(coupon.id, 0);
      throw error;
    }
  }

  /** Whoever comes back after the room began anew may have missed news; for an effect. */
  followRoom(): void {
    if (this.#begun.seen()) void this.#reload();
  }

  /** What the device has of the show's shop; asked again after a purchase. */
  async reloadHeld(shop_id: string | undefined): Promise<void> {
    if (!shop_id || !isDeviceKnown()) return;
    try {
      const { data } = await api.get('/device/coupons', { query: { shop_id } });
      if (!this.#isClosed) this.held = data.items;
    } catch {
      // The quote of an order tells them as well.
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#stopListening();
  }

  #hear(id: string, left: number): void {
    if (this.offers.some((one) => one.id === id)) this.#setLeft(id, left);
    else if (left > 0) this.#timer ??= setTimeout(() => void this.#reload(), Math.random() * kSpread_ms);
  }

  #setLeft(id: string, left: number): void {
    this.offers = this.offers.map((one) => (one.id === id ? { ...one, left } : one));
  }

  async #reload(): Promise<void> {
    this.#timer = undefined;
    try {
      const { data } = await api.get('/shows/{show_id}/coupons', { path: { show_id: this.#showId } });
      if (!this.#isClosed) this.offers = data.items;
    } catch {
      // A show sells without them; the next news asks again.
    }
  }
}
