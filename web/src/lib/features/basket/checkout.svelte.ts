/** Buying a basket: what is chosen for each shop, and the way from the tap to its orders or an honest refusal. */
import { toApiError, type ApiError } from '$lib/api/api_error';
import { api } from '$lib/api/client';
import type {
  AddressForm, BuyerOrder, CouponOffer, Fulfilment, Money, NewBasket, NewBuyer, OfferedMethod, PaymentMethod, PickupPoint, ProductCard, Quote, ShippingOption, Show,
} from '$lib/api/types';
import { rememberDetails, toBuyer, type BuyerDetails } from '$lib/features/buy/buyer_details';
import { methodsFor } from '$lib/features/buy/pay_methods';
import { isOtherPrice, type Intent, type OrderProgress } from '$lib/features/buy/place_order';
import { chosenCoupon, type CouponChoice } from '$lib/features/coupon/choice';
import { choicesOf } from '$lib/features/product/choices';
import { toCard } from '$lib/features/show/show_view.svelte';
import { ensureDevice } from '$lib/state/device.svelte';
import { basket } from './basket.svelte';
import { basketIntent, finishBasket } from './basket_intents';
import { goodsOf, groupByShop, placeOfRefusal, priceOf, sellable, totalsOf, type BasketLine, type ShopLines } from './basket_lines';

export type CheckoutStep = 'asking' | 'sending' | 'done' | 'unsent';

/** What is chosen for the goods of one shop. */
export class ShopPart {
  readonly shopId: string;
  readonly showId: string | undefined;
  fulfilment = $state<Fulfilment>('delivery');
  /** The chosen way to send it; the cheapest without. */
  rateId: string | undefined = $state();
  /** Where it is picked up; where the shop says without. */
  pointId: string | undefined = $state();
  /** Which coupon is spent on it. */
  coupon: CouponChoice = $state();
  wantedMethod: PaymentMethod | undefined = $state();
  offered: OfferedMethod[] = $state.raw([]);
  quote: Quote | undefined = $state.raw();
  quoteError: ApiError | undefined = $state.raw();
  refusal: ApiError | undefined = $state.raw();
  /** The total was another one when the buyer tapped. */
  oldTotal: Money | undefined = $state.raw();
  #asking: AbortController | undefined;
  #isBegun = false;

  constructor(shopId: string, showId: string | undefined) {
    this.shopId = shopId;
    this.showId = showId;
  }

  get methods(): OfferedMethod[] {
    return methodsFor(this.offered, this.fulfilment);
  }

  get method(): OfferedMethod | undefined {
    return this.methods.find(({ method }) => method === this.wantedMethod) ?? this.methods[0];
  }

  get option(): ShippingOption | undefined {
    return this.quote?.options.find(({ rate_id }) => rate_id === this.rateId) ?? this.quote?.options[0];
  }

  get points(): PickupPoint[] {
    return this.quote?.pickup_points ?? [];
  }

  /** None while it is not known. */
  shipping(currency: string): Money | undefined {
    return this.fulfilment === 'pickup' ? { minor: 0, currency } : this.option?.shipping;
  }

  get coupons(): CouponOffer[] {
    return this.quote?.coupons ?? [];
  }

  get spent(): CouponOffer | undefined {
    return chosenCoupon(this.coupons, this.coupon);
  }

  /** Goods and shipping, less the coupon; none while shipping is not known, or nothing can be bought. */
  total(lines: readonly BasketLine[]): Money | undefined {
    const goods = goodsOf(lines);
    const shipping = goods && this.shipping(goods.currency);
    return goods && shipping && { minor: goods.minor - (this.spent?.discount.minor ?? 0) + shipping.minor, currency: goods.currency };
  }

  /** Once: as the buyer usually gets things, where the shop has a place for it. */
  begin(usual: Fulfilment, pickup: string): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    if (usual === 'pickup' && pickup) this.fulfilment = 'pickup';
    void this.#learnMethods();
  }

  // Without an answer the server's own default stands: cash when the goods are handed over.
  async #learnMethods(): Promise<void> {
    try {
      const { data } = await api.get('/shops/{shop_id}/payment-methods', { path: { shop_id: this.shopId }, query: { show_id: this.showId } });
      this.offered = data.items;
    } catch {
      this.offered = [];
    }
  }

  /** Asks what sending costs; a newer question wins over an older one. */
  async ask(buyer: NewBuyer, lines: { product_id: string; quantity: number }[]): Promise<void> {
    this.#asking?.abort();
    if (lines.length === 0) return;
    const controller = new AbortController();
    this.#asking = controller;
    this.quoteError = undefined;
    try {
      await ensureDevice();
      const body = { shop_id: this.shopId, show_id: this.showId, lines, buyer };
      const { data } = await api.post('/shipping/quote', { body, signal: controller.signal });
      if (!controller.signal.aborted) this.quote = data;
    } catch (error) {
      if (controller.signal.aborted) return;
      this.quote = undefined;
      this.quoteError = toApiError(error);
    }
  }
}

export class Checkout {
  readonly key: string;
  step = $state<CheckoutStep>('asking');
  orders: BuyerOrder[] = $state.raw([]);
  progress: OrderProgress = $state.raw({ attempt: 1, isWaiting: false });
  /** Why all of it was refused, when that belongs to no shop. */
  refusal: ApiError | undefined = $state.raw();
  readonly #parts = new Map<string, ShopPart>();
  #intent: Intent<NewBasket> | undefined;

  constructor(key: string) {
    this.key = key;
  }

  get groups(): ShopLines[] {
    return groupByShop(basket.linesOf(this.key));
  }

  partOf(shopId: string): ShopPart {
    const part = this.#parts.get(shopId) ?? new ShopPart(shopId, this.key || undefined);
    this.#parts.set(shopId, part);
    return part;
  }

  /** A sum for each currency, as far as shipping is known. */
  get totals(): Money[] {
    return totalsOf(this.groups.flatMap(({ shopId, lines }) => this.partOf(shopId).total(lines) ?? goodsOf(lines) ?? []));
  }

  /** Whether all that the buyer must know before the tap is known. */
  get isReady(): boolean {
    const buying = this.groups.filter(({ lines }) => goodsOf(lines) !== undefined);
    return buying.length > 0 && buying.every(({ shopId, lines }) => this.partOf(shopId).total(lines) !== undefined);
  }

  get isDelivered(): boolean {
    return this.groups.some(({ shopId }) => this.partOf(shopId).fulfilment === 'delivery');
  }

  /** What the server holds and what it costs now: time has passed since the sheet was open. */
  async refresh(): Promise<void> {
    await Promise.all([basket.sync(), this.#learnPrices().catch(() => undefined)]);
  }

  /** A new tap; what is the same as a basket that was never answered has its key. */
  async confirm(details: BuyerDetails, note: string, form?: AddressForm): Promise<void> {
    rememberDetails(details);
    this.step = 'sending';
    await basket.settle(this.key);
    const sent = this.#newBasket(toBuyer(details, form), note.trim());
    if (!sent) {
      this.step = 'asking';
      return;
    }
    this.#intent = basketIntent(sent);
    await this.#finish(this.#intent);
  }

  /** The very same purchase once more, after the network stayed away. */
  async sendAgain(): Promise<void> {
    if (this.#intent) await this.#finish(this.#intent);
  }

  #newBasket(buyer: NewBuyer, note: string): NewBasket | undefined {
    const orders: NewBasket['orders'] = [];
    for (const { shopId, lines } of this.groups) {
      const part = this.partOf(shopId);
      const expected_total = part.total(lines);
      if (goodsOf(lines) === undefined) continue;
      if (!expected_total) return undefined;
      const isDelivered = part.fulfilment === 'delivery';
      orders.push({
        shop_id: shopId,
        lines: piecesOf(lines),
        fulfilment: part.fulfilment,
        note: note || undefined,
        shipping_rate_id: isDelivered ? part.option?.rate_id : undefined,
        pickup_point_id: isDelivered ? undefined : part.pointId,
        coupon_id: part.spent?.coupon.id,
        payment_method: part.method?.method,
        expected_total,
      });
    }
    return orders.length > 0 ? { show_id: this.key || undefined, buyer, orders } : undefined;
  }

  async #finish(intent: Intent<NewBasket>): Promise<void> {
    this.step = 'sending';
    this.progress = { attempt: 1, isWaiting: false };
    this.refusal = undefined;
    for (const part of this.#parts.values()) part.refusal = part.oldTotal = undefined;
    try {
      this.orders = (await finishBasket(intent, (progress) => (this.progress = progress))).orders;
      this.step = 'done';
    } catch (error) {
      const failure = toApiError(error);
      if (failure.isPassing) {
        this.step = 'unsent';
        return;
      }
      await this.#refused(failure, intent.order);
      this.step = 'asking';
    }
  }

  /** Told where it belongs; what it does not touch stays as it is. */
  async #refused(failure: ApiError, sent: NewBasket): Promise<void> {
    const { shopId, productId } = placeOfRefusal(failure, sent);
    const group = this.groups.find((one) => one.shopId === shopId);
    const line = group?.lines.find(({ product }) => product.product_id === productId);
    // A hold of as many would have been used: whatever was held is held no more.
    await basket.sync();
    const isOther = isOtherPrice(failure.code);
    if (line && !isOther) {
      if (failure.code === 'sold-out') basket.change(line, { state: 'over', holdId: undefined, end_ms: 0 });
      basket.refused(line, failure);
      return;
    }
    if (!group || !shopId) {
      this.refusal = failure;
      return;
    }
    const part = this.partOf(shopId);
    part.refusal = failure;
    if (!isOther) return;
    part.oldTotal = part.total(group.lines);
    // What was held before a deal began is held under it from now on.
    for (const one of group.lines) if (one.state === 'held' && !one.heldPrice) await basket.take(one);
    await this.#learnPrices().catch(() => undefined);
    await part.ask(sent.buyer, piecesOf(group.lines));
  }

  async #learnPrices(): Promise<void> {
    const cards = this.key ? await cardsOfShow(this.key) : await cardsOf(basket.linesOf(this.key));
    const deals = this.key ? await dealsOfShow(this.key) : new Map<string, Money>();
    for (const line of basket.linesOf(this.key)) {
      const id = line.product.product_id;
      const found = cards.get(id);
      if (!found) continue;
      const card = { ...found, price: priceOf(found.price, line, deals.get(id)) };
      const { price } = line.product;
      const isOther = price.minor !== card.price.minor || price.currency !== card.price.currency;
      basket.change(line, { product: card, ...(isOther && { oldPrice: price }) });
    }
  }
}

export function piecesOf(lines: readonly BasketLine[]): { product_id: string; quantity: number }[] {
  return sellable(lines).map(({ product, quantity }) => ({ product_id: product.product_id, quantity }));
}

const allOf = (products: Show['products']): ProductCard[] => (
  products.flatMap((product) => [toCard(product), ...choicesOf(product).map(({ card }) => card)]));

const byId = (cards: ProductCard[]) => new Map(cards.map((card) => [card.product_id, card]));

async function cardsOfShow(show_id: string): Promise<Map<string, ProductCard>> {
  return byId(allOf((await api.get('/shows/{show_id}', { path: { show_id } })).data.products));
}

/** The prices of the deals that run, by product id. */
async function dealsOfShow(show_id: string): Promise<Map<string, Money>> {
  const { data } = await api.get('/shows/{show_id}/deals', { path: { show_id } });
  return new Map(data.items.filter(({ state }) => state === 'running').map(({ product_id, price }) => [product_id, price]));
}

async function cardsOf(lines: readonly BasketLine[]): Promise<Map<string, ProductCard>> {
  const read = async ({ product: { product_id } }: BasketLine) => (await api.get('/products/{product_id}', { path: { product_id } })).data;
  return byId(allOf(await Promise.all(lines.map(read))));
}

const checkouts = new Map<string, Checkout>();

/** What was chosen stays while the sheet is closed; what was bought begins anew. */
export function checkoutOf(key: string): Checkout {
  let checkout = checkouts.get(key);
  if (!checkout || checkout.step === 'done') checkouts.set(key, (checkout = new Checkout(key)));
  return checkout;
}

