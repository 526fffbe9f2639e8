/** One purchase as its sheet shows it: from the tap to "Yours!" or an honest refusal. */
import { toApiError, type ApiError } from '$lib/api/api_error';
import type { BuyerOrder, Money, PaymentMethod, ProductCard } from '$lib/api/types';
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
  progress: OrderProgress = $state.raw({ attempt: 1, isWaiting: false });
  #intent: Intent | undefined;

  constructor(offer: Offer) {
    this.offer = offer;
    this.unitPrice = offer.product.price;
    this.available = offer.product.available;
  }

  get total(): Money {
    return { minor: this.unitPrice.minor * this.quantity, currency: this.unitPrice.currency };
  }

  get quantityMax(): number {
    return Math.max(1, Math.min(kQuantityMax, this.available));
  }

  changeQuantity(change: number): void {
    this.quantity = Math.max(1, Math.min(this.quantityMax, this.quantity + change));
    this.oldTotal = undefined;
  }

  /** A new tap, a new key. */
  async confirm(details: BuyerDetails, note: string, method?: PaymentMethod): Promise<void> {
    rememberDetails(details);
    const { shopId, showId, product } = this.offer;
    this.#intent = newIntent({
      shop_id: shopId,
      show_id: showId,
      lines: [{ product_id: product.product_id, quantity: this.quantity }],
      fulfilment: details.fulfilment,
      buyer: toBuyer(details),
      note: note.trim() || undefined,
      payment_method: method,
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
      this.unitPrice = { minor: Math.round(total_minor / this.quantity), currency: this.unitPrice.currency };
      return;
    }
    this.error = failure;
  }
}
