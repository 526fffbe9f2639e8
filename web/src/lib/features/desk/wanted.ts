/** What viewers ask to see, the most wanted first; of equals, the one that comes first in the bag. Pure. */
import type { ProductCard } from '$lib/api/types';

export interface Wanted {
  card: ProductCard;
  count: number;
}

export function mostWanted(hands: Readonly<Record<string, number>>, bag: readonly ProductCard[]): Wanted[] {
  return bag.map((card) => ({ card, count: hands[card.product_id] ?? 0 })).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}
