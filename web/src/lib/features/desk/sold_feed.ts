/** The sales of a show, newest first: those before the page was opened, and each as it happens. */
import type { SellerOrder, SoldEvent } from '$lib/api/types';

export interface Sale {
  key: string;
  number: number;
  name: string;
  title: string;
  quantity: number;
  at: string;
  isCancelled: boolean;
}

const kSalesMax = 300;

function keyOf(number: number, productId: string): string {
  return `${number}/${productId}`;
}

export function saleOfEvent(event: SoldEvent): Sale {
  const { number, name, title, quantity, at, product_id } = event;
  return { key: keyOf(number, product_id), number, name, title, quantity, at, isCancelled: false };
}

export function salesOfOrders(orders: readonly SellerOrder[]): Sale[] {
  return orders.flatMap((order) => order.lines.map((line) => ({
    key: keyOf(order.number, line.product_id),
    number: order.number,
    name: order.buyer.name.split(' ')[0] ?? '',
    title: line.title,
    quantity: line.quantity,
    at: order.placed_at,
    isCancelled: order.status === 'cancelled',
  })));
}

/** Each sale once; what the orders say wins over what the room said. */
export function mergeSales(fromRoom: readonly Sale[], fromOrders: readonly Sale[]): Sale[] {
  const byKey = new Map<string, Sale>();
  for (const sale of [...fromRoom, ...fromOrders]) byKey.set(sale.key, sale);
  return [...byKey.values()].sort((a, b) => b.number - a.number).slice(0, kSalesMax);
}
