/** A show as its page sees it: what was fetched, brought up to date by the room. */
import { api } from '$lib/api/client';
import type { Product, ProductCard, Show, ShowStatus, VideoState } from '$lib/api/types';
import { choicesOf, type VariantChoice } from '$lib/features/product/choices';
import { Room } from '$lib/room/room.svelte';
import { Resource } from '$lib/state/resource.svelte';
import type { Offer } from '$lib/features/buy/purchase.svelte';

export function toCard(product: Product, available: number = product.stock): ProductCard {
  return {
    product_id: product.id, title: product.title, price: product.price, photo: product.photos[0]?.small, available,
    has_variants: product.kind === 'parent' ? true : undefined,
  };
}

export class ShowView {
  readonly id: string;
  readonly room: Room;
  readonly fetched: Resource<Show>;
  #epoch = '';
  readonly #stopListening: () => void;

  /** Fetches and joins at once; call `close` when the page is left. */
  constructor(id: string) {
    this.id = id;
    this.fetched = new Resource(async (signal) => (await api.get('/shows/{show_id}', { path: { show_id: id }, signal })).data);
    this.room = new Room(id);
    this.#stopListening = this.room.onEvent((event) => {
      // A card of a product the bag does not have yet or that comes in variants, or a new state of the show: the bag is
      // read again.
      if (event.type === 'status' || (event.type === 'product' && !this.#knows(event.product))) {
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

  get video(): VideoState {
    const { isKnown, video } = this.room.state;
    return isKnown ? video : (this.show?.video.state ?? 'none');
  }

  get viewers(): number {
    return this.room.state.isKnown ? this.room.state.viewers : (this.show?.viewer_count ?? 0);
  }

  /** The bag in show order, with the newest title, price and stock of each. */
  get bag(): ProductCard[] {
    return (this.show?.products ?? []).filter((product) => !product.removed).map((product) => this.#newest(product));
  }

  /** The bag, and the variants of what is in it. */
  get cards(): ProductCard[] {
    return this.bag.flatMap((card) => [card, ...this.choices(card).map((choice) => choice.card)]);
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

  get pinned(): ProductCard | undefined {
    if (this.room.state.isKnown) return this.room.state.pinned;
    const product = this.show?.products.find(({ id }) => id === this.show?.pinned_product_id);
    return product && toCard(product);
  }

  /** `known`: the product as it was read elsewhere, where the bag has it no more. */
  offerOf(card: ProductCard, known?: Product): Offer | undefined {
    const show = this.show;
    if (!show) return undefined;
    const product = this.#find(card.product_id) ?? known;
    const shop = show.guest_shops?.find(({ id }) => id === product?.shop_id) ?? show.shop;
    return {
      shopId: shop.id, shopName: shop.name, showId: show.id, product: card, pickup: shop.pickup, hasLine: this.status === 'live',
      variants: card.has_variants ? () => this.#choices(this.#find(card.product_id) ?? known) : undefined,
      parts: product?.parts,
    };
  }

  /** After the server began anew, what was fetched may be older than the room. */
  refreshOnNewEpoch(): void {
    const { epoch } = this.room.state;
    if (!epoch || epoch === this.#epoch) return;
    if (this.#epoch) void this.fetched.reload();
    this.#epoch = epoch;
  }

  close(): void {
    this.#stopListening();
    this.fetched.stop();
    this.room.close();
  }

  #find(productId: string): Product | undefined {
    return this.show?.products.find(({ id }) => id === productId);
  }

  #choices(product: Product | undefined): VariantChoice[] {
    return product ? choicesOf(product, this.room.state.stock) : [];
  }

  #knows(card: ProductCard): boolean {
    const product = this.#find(card.product_id);
    return product !== undefined && !card.has_variants && product.kind !== 'parent';
  }

  #newest(product: Product): ProductCard {
    const { stock, cards } = this.room.state;
    const card = cards[product.id] ?? toCard(product);
    return { ...card, photo: card.photo ?? product.photos[0]?.small, available: stock[product.id] ?? product.stock };
  }
}
