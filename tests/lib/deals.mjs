// Flash deals, as the tests of the contract and of the pages announce them.
import { until } from './until.mjs';

export const kDealPrice = { minor: 9900, currency: 'CNY' };

export const dealOf = (product, more = {}) => ({
  product_id: product.id, price: kDealPrice, units: 2, countdown_s: 3, length_s: 1200, units_per_buyer_max: 1, ...more,
});
export const announce = (seller, show, product, more) => seller.expect(201, 'POST', `/shows/${show.id}/deals`, dealOf(product, more));

// The deal once the server's clock has brought it there.
export const dealIn = (client, show, deal, state) => until(`a deal that is ${state}`, async () => {
  const { items } = await client.expect(200, 'GET', `/shows/${show.id}/deals`);
  const found = items.find(({ id }) => id === deal.id);
  return found.state === state && found;
});
export async function runningDeal(seller, show, product, more) {
  return dealIn(seller, show, await announce(seller, show, product, more), 'running');
}
