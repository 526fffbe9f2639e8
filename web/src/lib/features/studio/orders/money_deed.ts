/** What a seller is about to say of an order's money. */
import type { Return, SellerOrder } from '$lib/api/types';

export interface MoneyDeed {
  what: 'confirm' | 'refund' | 'clear';
  order: SellerOrder;
  /** A refund of what came back by this request, which it ends. */
  returned?: Return;
}
