/** How a flash deal stands by the server's clock, and what a product costs by it. Pure. */
import type { Money, ProductCard, RoomDeal } from '$lib/api/types';

/** gone: it runs, and all of its units are taken. */
export type DealPhase = 'soon' | 'running' | 'gone';

export interface LiveDeal {
  deal: RoomDeal;
  phase: DealPhase;
  /** Until it starts, or until it ends. */
  left_s: number;
}

/** A card with what it costs now. */
export interface ShownCard extends ProductCard {
  deal?: LiveDeal;
  /** By which it is called in the show: "No. 12". */
  number?: number;
  /** What it costs without the deal, while that gives the price. */
  full_price?: Money;
}

/** None once its time is over. */
export function liveDeal(deal: RoomDeal, serverNow_ms: number): LiveDeal | undefined {
  const starts_ms = Date.parse(deal.starts_at);
  const ends_ms = Date.parse(deal.ends_at);
  if (serverNow_ms >= ends_ms) return undefined;
  const isSoon = serverNow_ms < starts_ms;
  const left_s = Math.ceil(((isSoon ? starts_ms : ends_ms) - serverNow_ms) / 1000);
  return { deal, phase: isSoon ? 'soon' : deal.left > 0 ? 'running' : 'gone', left_s };
}

export function liveDeals(deals: Record<string, RoomDeal>, serverNow_ms: number): Record<string, LiveDeal> {
  const live = Object.values(deals).map((deal) => liveDeal(deal, serverNow_ms)).filter((one): one is LiveDeal => one !== undefined);
  return Object.fromEntries(live.map((one) => [one.deal.product_id, one]));
}

/** Whether two looks show the same. */
export function isSameLook(a: Record<string, LiveDeal>, b: Record<string, LiveDeal>): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => {
    const [one, other] = [a[id], b[id]];
    return one && other && one.deal === other.deal && one.phase === other.phase && one.left_s === other.left_s;
  });
}

/** A price of the product that is lower than the deal's stays. */
export function pricedCard(card: ShownCard, live: LiveDeal | undefined): ShownCard {
  if (!live) return card;
  const isCheaper = live.phase === 'running' && live.deal.price.minor < card.price.minor;
  return isCheaper ? { ...card, price: live.deal.price, full_price: card.price, deal: live } : { ...card, deal: live };
}
