/** One purchase as its sheet shows it: from the tap to "Yours!" or an honest refusal. */
import { toApiError, type ApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type { AddressForm, BuyerOrder, CouponOffer, Hold, Money, NewBuyer, Part, PaymentMethod, PickupPoint, ProductCard, Quote, ShippingOption, Wait } from '$lib/api/types';
import { cancelHold, holdProduct, joinLine, leaveLine, type Wish } from '$lib/features/hold/calls';
import type { ShownCard } from '$lib/features/deal/live_deal';
import { chosenCoupon, type CouponChoice } from '$lib/features/coupon/choice';
import { endOf } from '$lib/features/hold/hold_clock';
import type { VariantChoice } from '$lib/features/product/choices';
import { ensureDevice } from '$lib/state/device.svelte';
import { rememberDetails, toBuyer, type BuyerDetails } from './buyer_details';
import { finishIntent } from './intents';
import { isOtherPrice, newIntent, type Intent, type OrderProgress } from './place_order';

/** What is bought; the price is the one the buyer sees. */
export interface Offer {
  shopId: string;
  shopName?: string;
  showId?: string;
  product: ShownCard;
  /** Where goods can be picked up; empty where they cannot. */
  pickup: string;
  /** What fell back to a buyer who waited: it stays held when the sheet is closed. */
  offered?: { quantity: number };
  /** How many were asked for; 1 without. */
  quantity?: number;
  /** One piece at a price of the buyer's own, that of a bid or of a prize. */
  isWon?: boolean;
  /** The buyer stands in line for it already. */
  wait?: Wait | undefined;
  /** Who comes too late may wait in line: the show is on. */
  hasLine?: boolean;
  /** The product is sold in these alone, as they stand now: one is chosen first. */
  variants?: (() => VariantChoice[]) | undefined;
  /** What a bundle is made of. */
  parts?: Part[] | undefined;
  /** The product as it stands now, where that is followed. */
  now?: () => ShownCard | undefined;
}

/** none: nothing is held, and buying takes what there is then. */
export type HoldState = 'none' | 'asking' | 'held' | 'over';
export type PurchaseStep = 'asking' | 'sending' | 'done' | 'sold_out' | 'unsent';

const kQuantityMax = 100;
/** Taps on the stepper within this become one hold. */
const kSettle_ms = 400;

export class Purchase {
  readonly offer: Offer;
  step = $state<PurchaseStep>('asking');
  quantity = $state(1);
  unitPrice: Money = $state.raw({ minor: 0, currency: 'XXX' });
  available = $state(0);
  /** The price was another one when the buyer tapped. */
  oldTotal: Money | undefined = $state.raw();
  /** Why it is not sold at the price of the deal that runs. */
  missedDeal: ApiError | undefined = $state.raw();
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
  /** Which coupon is spent on it. */
  coupon: CouponChoice = $state();
  /** As the last quote told them: they stay on the screen while another one is asked. */
  shownCoupons: CouponOffer[] = $state.raw([]);
  fulfilment = $state<BuyerDetails['fulfilment']>('delivery');
  #asking: AbortController | undefined;
  progress: OrderProgress = $state.raw({ attempt: 1, isWaiting: false });
  hold: Hold | undefined = $state.raw();
  holdState = $state<HoldState>('none');
  /** When the hold ends, by the phone's clock. */
  holdEnd_ms = $state(0);
  /** As which claim in the show this one came too late; none outside a show. */
  missedPlace: number | undefined = $state();
  /** How many wait already. */
  waiting = $state(0);
  wait: Wait | undefined = $state.raw();
  isJoining = $state(false);
  #holding: Promise<void> = Promise.resolve();
  #settling: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  #card: ShownCard = $state.raw({ product_id: '', title: '', price: { minor: 0, currency: 'XXX' }, available: 0 });
  #intent: Intent | undefined;

  constructor(offer: Offer) {
    this.offer = offer;
    this.#card = offer.product;
    this.unitPrice = offer.product.price;
    this.available = offer.product.available;
    this.quantity = offer.offered?.quantity ?? offer.quantity ?? 1;
    this.wait = offer.wait;
  }

  /** Goods outside a show are held, and those of one that is on. */
  get isHoldable(): boolean {
    return this.offer.showId === undefined || this.offer.hasLine === true;
  }

  /** What this buyer can have: what is left for all, and what is held. */
  get reach(): number {
    return this.available + (this.holdState === 'held' ? (this.hold?.quantity ?? 0) : 0);
  }

  /** As it stands now, with what a deal makes of its price. */
  get card(): ShownCard {
    return this.#card;
  }

  /** The product stands otherwise now. When a deal begins, what is held already is held under it. */
  follow(card: ShownCard): void {
    const hasBegun = card.full_price !== undefined && this.#card.full_price === undefined;
    this.#card = card;
    if (hasBegun && this.holdState === 'held' && !this.hold?.price) void this.take();
    else this.#reprice();
  }

  /** What is held keeps the price of its deal; what is held beside a deal has none of it. */
  #reprice(): void {
    if (this.step !== 'asking') return;
    const { price, full_price } = this.#card;
    const held = this.holdState === 'held' ? this.hold : undefined;
    const own = held && !held.price ? (full_price ?? price) : price;
    // What was won costs what it was won at, more or less than it costs others.
    const next = held?.won_by && held.price ? held.price : held?.price && held.price.minor < own.minor ? held.price : own;
    if (next.minor === this.unitPrice.minor) return;
    this.oldTotal = next.minor > this.unitPrice.minor ? this.total : undefined;
    this.missedDeal = undefined;
    this.unitPrice = next;
  }

  get #isOnDeal(): boolean {
    return this.hold?.price !== undefined || (this.#card.full_price !== undefined && this.unitPrice.minor === this.#card.price.minor);
  }

  /** It is sold at the price of a deal that takes no vouchers. */
  get refusesVouchers(): boolean {
    return this.#isOnDeal && this.#card.deal?.deal.vouchers_max === 0;
  }

  get #dealMax(): number {
    if (this.offer.isWon) return 1;
    if (!this.#isOnDeal) return kQuantityMax;
    const live = this.#card.deal;
    const held = this.hold?.price ? this.hold.quantity : 0;
    return live && live.phase !== 'soon' ? Math.min(live.deal.units_per_buyer_max, live.deal.left + held) : held;
  }

  get #wish(): Wish {
    const { product, showId } = this.offer;
    return { product_id: product.product_id, show_id: showId, quantity: this.quantity };
  }

  /** Holds the quantity; without an answer the purchase goes on unheld. */
  take(): Promise<void> {
    this.#holding = this.#holding.then(() => this.#take());
    return this.#holding;
  }

  async #take(): Promise<void> {
    if (this.#isClosed || this.step !== 'asking') return;
    const before = this.hold;
    if (this.holdState !== 'held') this.holdState = 'asking';
    this.error = undefined;
    const asked_ms = Date.now();
    try {
      const { hold, available, now } = await holdProduct(this.#wish);
      this.hold = hold;
      this.available = available;
      this.holdEnd_ms = endOf(hold.expires_at, now, asked_ms);
      this.holdState = 'held';
      this.#reprice();
    } catch (error) {
      this.#notHeld(toApiError(error), before);
    }
    if (this.#isClosed) await this.#giveBack();
  }

  #notHeld(failure: ApiError, before: Hold | undefined): void {
    const isHeld = this.holdState === 'held';
    if (isHeld && before) this.quantity = before.quantity;
    else this.holdState = 'none';
    // A show that is over still sells, and a weak line must not: the order itself is the judge.
    if (failure.isPassing || failure.code === 'show-status-conflict') return;
    if (failure.code !== 'sold-out' || isHeld) {
      this.error = failure;
      return;
    }
    this.#refused(failure);
  }

  timeIsOver(): void {
    this.holdState = 'over';
    this.hold = undefined;
    this.#reprice();
  }

  /** The sheet is closed: what was held for it goes back, unless it was an offer or is being paid. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#settling);
    void this.#holding.then(() => this.#giveBack());
  }

  async #giveBack(): Promise<void> {
    const held = this.hold;
    if (!held || this.offer.offered || this.step !== 'asking') return;
    this.hold = undefined;
    await cancelHold(held.id).catch(() => undefined);  // it ends by itself
  }

  /** What is held goes to another keeper, a basket; none where it could not be held. */
  async handOver(): Promise<Hold | undefined> {
    clearTimeout(this.#settling);
    await this.#holding;
    if (this.holdState === 'held' && this.hold?.quantity !== this.quantity) await this.take();
    if (this.holdState !== 'held') return undefined;
    const held = this.hold;
    this.hold = undefined;
    return held;
  }

  async joinLine(): Promise<void> {
    this.isJoining = true;
    this.error = undefined;
    try {
      this.wait = await joinLine(this.#wish);
    } catch (error) {
      this.error = toApiError(error);
      if (this.error.code === 'not-sold-out') {
        this.step = 'asking';
        await this.take();
      }
    }
    this.isJoining = false;
  }

  async leaveLine(): Promise<void> {
    if (!this.wait) return;
    try {
      await leaveLine(this.wait.id);
      this.wait = undefined;
    } catch (error) {
      this.error = toApiError(error);
    }
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

  get coupons(): CouponOffer[] {
    return this.quote?.coupons ?? [];
  }

  get spent(): CouponOffer | undefined {
    return chosenCoupon(this.coupons, this.coupon);
  }

  /** With shipping and less the coupon, as far as that is known. */
  get total(): Money {
    return { minor: this.items.minor - (this.spent?.discount.minor ?? 0) + (this.shipping?.minor ?? 0), currency: this.unitPrice.currency };
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
      if (controller.signal.aborted) return;
      this.quote = data;
      this.shownCoupons = data.coupons;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.quote = undefined;
      this.quoteError = toApiError(error);
    }
  }

  get quantityMax(): number {
    return Math.max(1, Math.min(kQuantityMax, this.hold?.units_per_buyer_max ?? kQuantityMax, this.#dealMax, this.reach));
  }

  changeQuantity(change: number): void {
    this.quantity = Math.max(1, Math.min(this.quantityMax, this.quantity + change));
    this.oldTotal = undefined;
    this.missedDeal = undefined;
    this.quote = undefined;
    if (this.holdState !== 'held') return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.take(), kSettle_ms);
  }

  /** A new tap, a new key. */
  async confirm(details: BuyerDetails, note: string, form?: AddressForm, method?: PaymentMethod): Promise<void> {
    rememberDetails(details);
    clearTimeout(this.#settling);
    this.step = 'sending';
    await this.#holding;  // a hold under way must not come after its order
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
      coupon_id: this.spent?.coupon.id,
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
    this.missedDeal = undefined;
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
      this.missedPlace = failure.figure('place');
      this.waiting = failure.figure('waiting') ?? 0;
      // A hold of as many would have been used: its time was over.
      if (this.hold?.quantity === this.quantity) this.hold = undefined;
      if (!this.hold) this.holdState = 'none';
      this.quantity = Math.min(this.quantity, this.quantityMax);
      this.step = this.reach > 0 ? 'asking' : 'sold_out';
      if (this.reach > 0) this.error = failure;
      return;
    }
    this.step = 'asking';
    const total_minor = failure.figure('current_total_minor');
    if (isOtherPrice(failure.code) && total_minor !== undefined) {
      this.oldTotal = this.total;
      this.missedDeal = failure.code === 'price-changed' ? undefined : failure;
      const shipping_minor = failure.figure('current_shipping_minor') ?? 0;
      const discount_minor = failure.figure('current_discount_minor') ?? 0;
      const { currency } = this.unitPrice;
      this.unitPrice = { minor: Math.round((total_minor - shipping_minor + discount_minor) / this.quantity), currency };
      const { option } = this;
      const { spent } = this;
      const coupons = spent ? [{ ...spent, discount: { minor: discount_minor, currency } }] : [];
      if (this.quote && option) this.quote = { ...this.quote, coupons, options: [{ ...option, shipping: { minor: shipping_minor, currency } }] };
      return;
    }
    this.error = failure;
  }
}
