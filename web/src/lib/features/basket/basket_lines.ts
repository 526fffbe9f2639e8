/** What lies in a basket, and what it comes to. Pure. */
import type { ApiError } from '$lib/api/api_error';
import type { Money, NewBasket, ProductCard } from '$lib/api/types';

/** As it is kept on the device; what holds it is the server's. */
export interface KeptLine {
  /** None outside a show. */
  showId?: string;
  shopId: string;
  shopName: string;
  /** Where the shop's goods can be picked up; empty where they cannot. */
  pickup: string;
  product: ProductCard;
  quantity: number;
}

/**
 * unknown: the server was not asked yet; over: its time has ended, and buying takes what there is;
 * out: it cannot be had, and is left out of what is bought.
 */
export type LineState = 'unknown' | 'asking' | 'held' | 'over' | 'out';

export interface BasketLine extends KeptLine {
  state: LineState;
  holdId?: string;
  /** When the hold ends, by the phone's clock; 0 where nothing is held. */
  end_ms: number;
  /** What this buyer can have, as far as it is known. */
  reach?: number;
  /** Why it is not as it was. */
  refusal?: ApiError;
  /** The price that the buyer saw before. */
  oldPrice?: Money;
  /** Of a piece, where it is held under a deal: it stays, also when the deal is over. */
  heldPrice?: Money | undefined;
}

export interface ShopLines {
  shopId: string;
  shopName: string;
  pickup: string;
  lines: BasketLine[];
}

/** A basket is of one show, as its orders are; '' outside shows. */
export const basketKey = (line: Pick<KeptLine, 'showId'>): string => line.showId ?? '';

export const isSame = (line: KeptLine, other: KeptLine): boolean => (
  basketKey(line) === basketKey(other) && line.product.product_id === other.product.product_id);

/**
 * A basket as another tab tells it, beside what this one knows: what it asks the server just now is not known here, and
 * what is tapped here is about to be told.
 */
export function adopted(own: readonly BasketLine[], told: readonly BasketLine[], isTapped: (line: BasketLine) => boolean): BasketLine[] {
  return told.map((line) => {
    const mine = own.find((one) => isSame(one, line));
    if (mine && isTapped(mine)) return mine;
    const state = line.state === 'asking' ? mine?.state ?? 'unknown' : line.state;
    const isAsBefore = mine?.state === state && mine.quantity === line.quantity;
    return { ...line, state, ...(isAsBefore && mine.refusal && { refusal: mine.refusal }) };
  });
}

/** By shop, in the order in which they came. */
export function groupByShop(lines: readonly BasketLine[]): ShopLines[] {
  const groups = new Map<string, ShopLines>();
  for (const line of lines) {
    const { shopId, shopName, pickup } = line;
    const group = groups.get(shopId) ?? { shopId, shopName, pickup, lines: [] };
    group.lines.push(line);
    groups.set(shopId, group);
  }
  return [...groups.values()];
}

/** What can be bought of them. */
export const sellable = (lines: readonly BasketLine[]): BasketLine[] => lines.filter(({ state }) => state !== 'out');

export function goodsOf(lines: readonly BasketLine[]): Money | undefined {
  const counted = sellable(lines);
  if (!counted[0]) return undefined;
  const { currency } = counted[0].product.price;
  return { minor: counted.reduce((sum, { product, quantity }) => sum + product.price.minor * quantity, 0), currency };
}

/** What a piece costs this buyer: what is held keeps the price it is held at, and anything else has that of a deal that runs. */
export function priceOf(price: Money, line: Pick<BasketLine, 'state' | 'heldPrice'>, deal: Money | undefined): Money {
  const other = line.state === 'held' ? line.heldPrice : deal;
  return other && other.minor < price.minor ? other : price;
}

/** One sum for each currency, in the order in which they came: money of two currencies is never added. */
export function totalsOf(sums: readonly Money[]): Money[] {
  const totals = new Map<string, number>();
  for (const { minor, currency } of sums) totals.set(currency, (totals.get(currency) ?? 0) + minor);
  return [...totals].map(([currency, minor]) => ({ minor, currency }));
}

/** When the first of the holds ends; none where nothing is held. */
export function soonestEnd(lines: readonly BasketLine[]): number | undefined {
  const ends = lines.filter(({ state }) => state === 'held').map(({ end_ms }) => end_ms);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** Where in the basket a refusal belongs: at a line, at a shop, at the buyer's details, or at all of it. */
export interface RefusalPlace {
  shopId?: string;
  productId?: string;
  /** Whether fields of the buyer are faulty. */
  isOfBuyer: boolean;
}

export function placeOfRefusal(failure: ApiError, sent: NewBasket): RefusalPlace {
  const paths = failure.fields.map(({ path }) => path);
  const field = paths.map((path) => /^\/orders\/(\d+)(?:\/lines\/(\d+))?/.exec(path)).find((match) => match !== null);
  const isOfBuyer = paths.some((path) => path.startsWith('/buyer'));
  const position = field ? Number(field[1]) : failure.figure('order');
  // Each of the orders has the buyer's details alike: the first one's refusal says nothing of its shop.
  const order = position === undefined || (isOfBuyer && !field) ? undefined : sent.orders[position];
  if (!order) return { isOfBuyer };
  const named = failure.figure('product_id');
  const productId = field?.[2] !== undefined ? order.lines[Number(field[2])]?.product_id
    : named !== undefined ? String(named)
      : order.lines.length === 1 && isAboutGoods(failure) ? order.lines[0]?.product_id : undefined;
  return { shopId: order.shop_id, productId, isOfBuyer };
}

function isAboutGoods({ code }: ApiError): boolean {
  return ['sold-out', 'product-unavailable', 'buyer-limit', 'show-limit'].includes(code);
}
