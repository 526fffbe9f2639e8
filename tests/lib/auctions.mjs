// Auctions, as the tests of the contract and of the pages open them.
export const cny = (minor) => ({ minor, currency: 'CNY' });
export const auctionOf = (product, more = {}) => ({ product_id: product.id, start: cny(1_000), step_minor: 100, length_s: 600, mode: 'extend', ...more });
