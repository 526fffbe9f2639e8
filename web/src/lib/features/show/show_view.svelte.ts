/** A show as its page sees it: what was fetched, brought up to date by the room. */
import { untrack } from 'svelte';
import { api } from '$lib/api/client';
import type { Product, ProductCard, Show, ShowStatus, VideoState } from '$lib/api/types';
import { choicesOf, type VariantChoice } from '$lib/features/product/choices';
import { isSameLook, liveDeals, pricedCard, type LiveDeal, type ShownCard } from '$lib/features/deal/live_deal';
import { isCalledOff } from './called_off';
import { takeToldPlaylist } from '$lib/player/show_addresses';
import { NewEpoch } from '$lib/room/new_epoch';
import { Room } from '$lib/room/room.svelte';
import { Resource } from '$lib/state/resource.svelte';
import type { Offer } from '$lib/features/buy/purchase.svelte';

export function toCard(product: Product, available: number = product.stock): ProductCard {
  return {
    product_id: product.id, title: product.title, price: product.price, photo: product.photos[0]?.small, available,
    has_variants: product.kind === 'parent' ? true : undefined,
  };
}

/** How late a deal begins or ends on the page. */
const kDealLook_ms = 200;

export class ShowView {
  readonly id: string;
  readonly room: Room;
  readonly fetched: Resource<Show>;
  #deals: Record<string, LiveDeal> = $state.raw({});
  /** Until the show was fetched. */
  readonly #told: string | undefined;
  readonly #begun: NewEpoch;
  /** What the show was read anew for, once each. */
  #caughtUpWith: ShowStatus | undefined;
  readonly #stopListening: () => void;

  /** Fetches and joins at once; call `close` when the page is left. */
  constructor(id: string) {
    this.id = id;
    this.#told = takeToldPlaylist(id);
    this.fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}', { path: { show_id: id }, signal })).data);
    this.room = new Room(id);
    this.#begun = new NewEpoch(this.room);
    this.#stopListening = this.room.onEvent((event) => {
      if (event.type === 'plan' && this.show) this.fetched.data = { ...this.show, title: event.title, starts_at: event.starts_at };
      if (event.type === 'status') this.#goOn(event.status, event.at);
      if (event.type === 'bag') this.#reorder(event.product_ids);
      // A card of a product the bag does not have yet or that comes in variants, or a new state of the show: the bag is
      // read again.
      if (event.type === 'status' || event.type === 'plan' || (event.type === 'product' && !this.#knows(event.product))) {
        void this.fetched.reload();
      }
    });
    void this.fetched.reload();
  }

  get show(): Show | undefined {
    return this.fetched.data;
  }

  get status(): ShowStatus {
    const { isKnown, status } = this.room.state;
    return isKnown ? status : (this.show?.status ?? 'scheduled');
  }

  get isCalledOff(): boolean {
    return this.status === 'ended' && this.show !== undefined && isCalledOff(this.show);
  }

  /** It is live, or was. */
  get hasBegun(): boolean {
    return this.show?.started_at !== undefined;
  }

  get video(): VideoState {
    const { isKnown, video } = this.room.state;
    return isKnown ? video : (this.show?.video.state ?? (this.#told ? 'live' : 'none'));
  }

  /** Where the picture is played from by HLS; empty until it is known. */
  get playlist(): string {
    return this.show?.video.hls ?? this.#told ?? '';
  }

  /** Of the second camera; none once the show is over. */
  get coHost(): VideoState {
    return this.status === 'ended' ? 'none' : this.room.state.coHost;
  }

  get viewers(): number {
    return this.room.state.isKnown ? this.room.state.viewers : (this.show?.viewer_count ?? 0);
  }

  /** The bag in show order, with the newest title, price and stock of each. */
  get bag(): ShownCard[] {
    return (this.show?.products ?? []).filter((product) => !product.removed).map((product) => this.#newest(product));
  }

  /** The bag, and the variants of what is in it. */
  get cards(): ShownCard[] {
    return this.bag.flatMap((card) => [card, ...this.choices(card).map((choice) => choice.card)]);
  }

  /** What one piece is given of: variants in place of the products that are sold in them. */
  get goods(): ShownCard[] {
    return this.cards.filter(({ has_variants }) => !has_variants);
  }

  /** What is shown now, or the first variant of it. */
  get pinnedGood(): string | undefined {
    const pinned = this.pinned;
    return pinned && (this.choices(pinned)[0]?.card ?? pinned).product_id;
  }

  /** What may be named in the show, by product id. */
  get titles(): Record<string, string> {
    const parts = (this.show?.products ?? []).flatMap((product) => product.parts ?? []);
    return Object.fromEntries([...parts, ...this.cards].map(({ product_id, title }) => [product_id, title]));
  }

  /** Of a product that is sold in variants. */
  choices(card: ProductCard): VariantChoice[] {
    return card.has_variants ? this.#choices(this.#find(card.product_id)) : [];
  }

  isBundle(card: ProductCard): boolean {
    return this.#find(card.product_id)?.kind === 'bundle';
  }

  get pinned(): ShownCard | undefined {
    const { isKnown, pinned } = this.room.state;
    if (isKnown) return pinned && this.#priced({ ...pinned, number: this.#find(pinned.product_id)?.number });
    const product = this.show?.products.find(({ id }) => id === this.show?.pinned_product_id);
    return product && { ...toCard(product), number: product.number };
  }

  /** The deals that wait or run, by product id. */
  get deals(): Record<string, LiveDeal> {
    return this.#deals;
  }

  /** Keeps the deals in step with the server's clock; for an effect, which it tells how to stop. */
  followDeals(): (() => void) | undefined {
    const { deals, ahead_ms } = this.room.state;
    const look = () => {
      const seen = liveDeals(deals, Date.now() + ahead_ms);
      if (!isSameLook(seen, this.#deals)) this.#deals = seen;
    };
    untrack(look);
    if (Object.keys(deals).length === 0) return undefined;
    const timer = setInterval(look, kDealLook_ms);
    return () => clearInterval(timer);
  }

  /** `known`: the product as it was read elsewhere, where the bag has it no more. */
  offerOf(card: ProductCard, known?: Product): Offer | undefined {
    const show = this.show;
    if (!show) return undefined;
    const product = this.#find(card.product_id) ?? known;
    const shop = show.guest_shops?.find(({ id }) => id === product?.shop_id) ?? show.shop;
    return {
      shopId: shop.id, shopName: shop.name, product: card, pickup: shop.pickup, hasLine: this.status === 'live',
      // Nothing is sold in a show that does not take place: its goods are the shop's.
      ...(this.isCalledOff ? {} : { showId: show.id }),
      now: () => this.cards.find(({ product_id }) => product_id === card.product_id),
      variants: card.has_variants ? () => this.#choices(this.#find(card.product_id) ?? known) : undefined,
      parts: product?.parts,
    };
  }

  /** After the server began anew, or where who was away missed the start, what was fetched may be older than the room. */
  refreshOnNewEpoch(): void {
    const { status } = this;
    const hasMissed = this.show?.status === 'scheduled' && status !== 'scheduled' && status !== this.#caughtUpWith;
    if (hasMissed) this.#caughtUpWith = status;
    if (this.#begun.seen() || hasMissed) void this.fetched.reload();
  }

  close(): void {
    this.#stopListening();
    this.fetched.stop();
    this.room.close();
  }

  /** Known at once, so that nobody who waits reads of an end where a show was called off. */
  #goOn(status: ShowStatus, at: string): void {
    if (!this.show) return;
    const started = status === 'live' ? { started_at: at } : {};
    const ended = status === 'ended' ? { ended_at: at } : {};
    this.fetched.data = { ...this.show, status, ...started, ...ended };
  }

  #find(productId: string): Product | undefined {
    return this.show?.products.find(({ id }) => id === productId);
  }

  #choices(product: Product | undefined): VariantChoice[] {
    if (!product) return [];
    return choicesOf(product, this.room.state.stock).map((choice) => ({ ...choice, card: this.#priced(choice.card) }));
  }

  /** What joined is read again by its own event. */
  #reorder(productIds: string[]): void {
    if (!this.show) return;
    const products = productIds.map((id) => this.#find(id)).filter((product) => product !== undefined);
    this.fetched.data = { ...this.show, products };
  }

  #knows(card: ProductCard): boolean {
    const product = this.#find(card.product_id);
    return product !== undefined && !card.has_variants && product.kind !== 'parent';
  }

  #priced(card: ShownCard): ShownCard {
    return pricedCard(card, this.#deals[card.product_id]);
  }

  #newest(product: Product): ShownCard {
    const { stock, cards } = this.room.state;
    const card = cards[product.id] ?? toCard(product);
    return this.#priced({ ...card, number: product.number, photo: card.photo ?? product.photos[0]?.small, available: stock[product.id] ?? product.stock });
  }
}
