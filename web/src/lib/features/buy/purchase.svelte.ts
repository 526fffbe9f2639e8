/** One purchase as its sheet shows it: from the tap to "Yours!" or an honest refusal. */
import { toApiError, type ApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { AddressForm, BuyerOrder, Money, NewBuyer, PickupPoint, ProductCard, Quote, ShippingOption } from '$lib/api/types';
import { ensureDevice } from '$lib/state/device.svelte';
import { rememberDetails, toBuyer, type BuyerDetails } from './buyer_details';
import { finishIntent } from './intents';
import { newIntent, type Intent, type OrderProgress } from './place_order';

/** What is bought; the price is the one the buyer sees. */
export interface Offer {
  shopId: string;
  showId?: string;
  product: ProductCard;
  /** Where goods can be picked up; empty where they cannot. */
  pickup: string;
}

export type PurchaseStep = 'asking' | 'sending' | 'done' | 'sold_out' | 'unsent';

const kQuantityMax = 100;

export class Purchase {
  readonly offer: Offer;
  step = $state<PurchaseStep>('asking');
  quantity = $state(1);
  unitPrice: Money = $state.raw({ minor: 0, currency: 'XXX' });
  available = $state(0);
  /** The price was another one when the buyer tapped. */
  oldTotal: Money | undefined = $state.raw();
  order: BuyerOrder | undefined = $state.raw();
  /** Why it was refused, when that is neither sold out nor a new price. */
  error: ApiError | undefined = $state.raw();
  /** What sending costs; none until the server has told it for what is on the screen. */
  quote: Quote | undefined = $state.raw();
  quoteError: ApiError | undefined = $state.raw();
  /** The chosen way to send it; the cheapest without. */
  rateId: string | undefined = $state();
  /** Where it is picked up; where the shop says without. */
  pointId: string | undefined = $state();
  fulfilment = $state<BuyerDetails['fulfilment']>('delivery');
  #asking: AbortController | undefined;
  progress: OrderProgress = $state.raw({ attempt: 1, isWaiting: false });
  #intent: Intent | undefined;

  constructor(offer: Offer) {
    this.offer = offer;
    this.unitPrice = offer.product.price;
    this.available = offer.product.available;
  }

  get items(): Money {
    return { minor: this.unitPrice.minor * this.quantity, currency: this.unitPrice.currency };
  }

  get option(): ShippingOption | undefined {
    return this.quote?.options.find(({ rate_id }) => rate_id === this.rateId) ?? this.quote?.options[0];
  }

  /** None while it is not known. */
  get shipping(): Money | undefined {
    if (this.fulfilment === 'pickup') return { minor: 0, currency: this.unitPrice.currency };
    return this.option?.shipping;
  }

  get points(): PickupPoint[] {
    return this.quote?.pickup_points ?? [];
  }

  /** With shipping, as far as that is known. */
  get total(): Money {
    return { minor: this.items.minor + (this.shipping?.minor ?? 0), currency: this.unitPrice.currency };
  }

  /** Asks what sending to this buyer costs; a newer question wins over an older one. */
  async ask(buyer: NewBuyer): Promise<void> {
    this.#asking?.abort();
    const controller = new AbortController();
    this.#asking = controller;
    this.quoteError = undefined;
    const { shopId: shop_id, showId: show_id, product } = this.offer;
    const lines = [{ product_id: product.product_id, quantity: this.quantity }];
    try {
      await ensureDevice();
      const { data } = await api.post('/shipping/quote', { body: { shop_id, show_id, lines, buyer }, signal: controller.signal });
      if (!controller.signal.aborted) this.quote = data;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.quote = undefined;
      this.quoteError = toApiError(error);
    }
  }

  get quantityMax(): number {
    return Math.max(1, Math.min(kQuantityMax, this.available));
  }

  changeQuantity(change: number): void {
    this.quantity = Math.max(1, Math.min(this.quantityMax, this.quantity + change));
    this.oldTotal = undefined;
    this.quote = undefined;
  }

  /** A new tap, a new key. */
  async confirm(details: BuyerDetails, note: string, form?: AddressForm): Promise<void> {
    rememberDetails(details);
    const { shopId, showId, product } = this.offer;
    this.#intent = newIntent({
      shop_id: shopId,
      show_id: showId,
      lines: [{ product_id: product.product_id, quantity: this.quantity }],
      fulfilment: details.fulfilment,
      buyer: toBuyer(details, form),
      note: note.trim() || undefined,
      shipping_rate_id: details.fulfilment === 'delivery' ? this.option?.rate_id : undefined,
      pickup_point_id: details.fulfilment === 'pickup' ? this.pointId : undefined,
      expected_total: this.total,
    }, Date.now());
    await this.#finish(this.#intent);
  }

  /** The very same purchase once more, after the network stayed away. */
  async sendAgain(): Promise<void> {
    if (this.#intent) await this.#finish(this.#intent);
  }

  async #finish(intent: Intent): Promise<void> {
    this.step = 'sending';
    this.error = undefined;
    this.oldTotal = undefined;
    this.progress = { attempt: 1, isWaiting: false };
    try {
      this.order = await finishIntent(intent, (progress) => (this.progress = progress));
      this.step = 'done';
    } catch (error) {
      this.#refused(toApiError(error));
    }
  }

  #refused(failure: ApiError): void {
    if (failure.isPassing) {
      this.step = 'unsent';
      return;
    }
    if (failure.code === 'sold-out') {
      this.available = failure.figure('available') ?? 0;
      this.quantity = Math.min(this.quantity, this.quantityMax);
      this.step = this.available > 0 ? 'asking' : 'sold_out';
      if (this.available > 0) this.error = failure;
      return;
    }
    this.step = 'asking';
    const total_minor = failure.figure('current_total_minor');
    if (failure.code === 'price-changed' && total_minor !== undefined) {
      this.oldTotal = this.total;
      const shipping_minor = failure.figure('current_shipping_minor') ?? 0;
      const { currency } = this.unitPrice;
      this.unitPrice = { minor: Math.round((total_minor - shipping_minor) / this.quantity), currency };
      const { option } = this;
      if (this.quote && option) this.quote = { ...this.quote, options: [{ ...option, shipping: { minor: shipping_minor, currency } }] };
      return;
    }
    this.error = failure;
  }
}
