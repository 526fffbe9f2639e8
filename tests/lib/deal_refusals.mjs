// Deals that are announced wrongly; a row as in refusals.mjs.
import { dealOf } from './deals.mjs';

const nobody = '999999999999';
const invalid = [422, 'invalid-field'];
const announce = (change, more) => (w) => ['seller', 'POST', `/shows/${w.show.id}/deals`, { json: change(dealOf(w.product), w), ...more }];
const withThe = (member, value) => announce((deal) => ({ ...deal, [member]: value }));
const without = (member) => announce(({ [member]: _gone, ...deal }) => deal);

export const kDeals = [
  ...['product_id', 'price', 'units', 'countdown_s', 'length_s', 'units_per_buyer_max'].map((member) =>
    [`a deal without ${member}`, without(member), ...invalid, `/${member}`]),
  ['a deal of 0 pieces', withThe('units', 0), ...invalid, '/units'],
  ['a deal of more pieces than there are', withThe('units', 1000), ...invalid, '/units'],
  ['a deal of a piece and a half', withThe('units', 1.5), ...invalid, '/units'],
  ['a deal in 2 s', withThe('countdown_s', 2), ...invalid, '/countdown_s'],
  ['a deal in 301 s', withThe('countdown_s', 301), ...invalid, '/countdown_s'],
  ['a deal of 9 s', withThe('length_s', 9), ...invalid, '/length_s'],
  ['a deal of 1201 s', withThe('length_s', 1201), ...invalid, '/length_s'],
  ['a deal with 0 for each', withThe('units_per_buyer_max', 0), ...invalid, '/units_per_buyer_max'],
  ['a deal with 100 for each', withThe('units_per_buyer_max', 100), ...invalid, '/units_per_buyer_max'],
  ['a deal with fewer vouchers than none', withThe('vouchers_max', -1), ...invalid, '/vouchers_max'],
  ['a deal with too many vouchers', withThe('vouchers_max', 100_001), ...invalid, '/vouchers_max'],
  ['a deal at the price there is', announce((deal, w) => ({ ...deal, price: w.product.price })), ...invalid, '/price/minor'],
  ['a deal in another currency', withThe('price', { minor: 1, currency: 'MXN' }), ...invalid, '/price/currency'],
  ['a deal with an unknown member', withThe('colour', 'red'), ...invalid, '/colour'],
  ['a deal on a parent of variants', announce((deal, w) => ({ ...deal, product_id: w.chain.id })), 409, 'variant-required'],
  ['a deal on what is not in the bag', announce((deal, w) => ({ ...deal, product_id: w.full.id })), 409, 'product-not-in-bag'],
  ['a deal on nothing', withThe('product_id', nobody), 409, 'product-unavailable'],
  ['a deal in no show', (w) => ['seller', 'POST', `/shows/${nobody}/deals`, { json: dealOf(w.product) }], 404, 'show-not-found'],
  ['the deals of no show', () => ['visitor', 'GET', `/shows/${nobody}/deals`], 404, 'show-not-found'],
  ['an end of no deal', (w) => ['seller', 'DELETE', `/shows/${w.show.id}/deals/${nobody}`], 404, 'deal-not-found'],
];
