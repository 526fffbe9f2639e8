import { describe, expect, it } from 'vitest';
import type { SellerOrder, SoldEvent } from '$lib/api/types';
import { mergeSales, saleOfEvent, salesOfOrders } from './sold_feed';

const at = '2026-01-01T00:00:00Z';
const sold = (number: number): SoldEvent => ({ type: 'sold', seq: number, at, number, name: 'Ana', product_id: '7', title: 'Necklace', quantity: 1 });
const order = (number: number, status: SellerOrder['status'] = 'placed') => ({
  number, status, buyer: { name: 'Ana García', phone: '1' }, placed_at: at,
  lines: [{ product_id: '7', title: 'Necklace', quantity: 1, unit_price: { minor: 1, currency: 'MXN' } }],
}) as SellerOrder;

describe('the sales of a show', () => {
  it('lists each sale once, the newest first', () => {
    const sales = mergeSales([saleOfEvent(sold(2)), saleOfEvent(sold(3))], salesOfOrders([order(1), order(2)]));
    expect(sales.map((sale) => sale.number)).toEqual([3, 2, 1]);
  });

  it('shows a sale that was cancelled since', () => {
    const [sale] = mergeSales([saleOfEvent(sold(1))], salesOfOrders([order(1, 'cancelled')]));
    expect(sale?.isCancelled).toBe(true);
  });

  it('calls buyers by their first name', () => {
    expect(salesOfOrders([order(1)])[0]?.name).toBe('Ana');
  });
});
