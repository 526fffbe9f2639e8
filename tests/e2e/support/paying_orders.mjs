// Orders whose money stands differently, in a shop that takes cash, transfers and cards by Stripe.
import { buy, newDevice, newKey } from '../../lib/house.mjs';
import { kStripeKeys } from '../../lib/provider_stub.mjs';

/** `card` is to be paid in Stripe's fields, `transfer` waits for its money; others are paid, have a problem, or came back. */
export async function payingOrders({ url, village: { seller, shop, products: [, earrings] } }) {
  const path = `/shops/${shop.id}`;
  await seller.expect(200, 'PUT', `${path}/payment-settings`, {
    delivery: { methods: ['on_delivery', 'at_pickup'] }, stripe: { methods: ['card'], ...kStripeKeys },
    transfer: { bank_name: 'Bank of the Lake', account: '6222 0000 1111', account_holder: 'Lin' },
  });
  const device = await newDevice(url);
  async function order(name, payment_method) {
    const { json } = await buy(device, { shop_id: shop.id, lines: [{ product_id: earrings.id, quantity: 1 }], fulfilment: 'pickup',
      buyer: { name, phone: '+86 138 0000 0000' }, payment_method, expected_total: earrings.price });
    const { items } = await seller.expect(200, 'GET', `${path}/orders?limit=100`);
    return { ...json, path: `${path}/orders/${items.find((one) => one.number === json.number && !one.show_id).id}` };
  }
  const paid = async (name) => {
    const made = await order(name, 'transfer');
    await seller.expect(200, 'POST', `${made.path}/payment/confirmation`);
    return made;
  };
  const returned = await paid('Buyer Four');
  for (const status of ['packed', 'handed_over']) await seller.expect(200, 'PUT', `${returned.path}/status`, { status });
  const asked = await device.expect(201, 'POST', `/orders/${returned.token}/returns`, { wish: 'refund', reason: 'damaged',
    lines: [{ product_id: earrings.id, quantity: 1 }] }, { headers: { 'idempotency-key': newKey() } });
  for (const state of ['approved', 'received']) await seller.expect(200, 'PUT', `${path}/returns/${asked.id}/state`, { state });
  const off = await paid('Buyer Five');
  await device.expect(200, 'POST', `/orders/${off.token}/cancel`);
  await paid('Buyer Six');
  return { transfer: await order('Buyer Seven', 'transfer'), card: await order('Buyer Eight', 'card') };
}
