// What the lines of the access table about shipping need, each made anew.
import { newKey } from './house.mjs';
import { kPoint, kZone } from './shipping.mjs';

/** `order()` places an order to be delivered in the seller's `shop`, and gives it as its buyer sees it. */
export function shippingLines({ seller, device, shop, product, order }) {
  const settings = `/shops/${shop.id}/shipping`;

  // The shop; zones and points that another line made are taken away, so that no place is taken.
  async function shipper() {
    const { zones, pickup_points } = await seller.expect(200, 'GET', settings);
    for (const { id } of zones) await seller.expect(200, 'DELETE', `${settings}/zones/${id}`);
    for (const { id } of pickup_points) await seller.expect(200, 'DELETE', `${settings}/pickup-points/${id}`);
    return shop;
  }

  async function zonePath() {
    await shipper();
    const { zones } = await seller.expect(201, 'POST', `${settings}/zones`, kZone);
    return `${settings}/zones/${zones[0].id}`;
  }

  async function pointPath() {
    await shipper();
    const { pickup_points } = await seller.expect(201, 'POST', `${settings}/pickup-points`, kPoint);
    return `${settings}/pickup-points/${pickup_points[0].id}`;
  }

  async function open() {
    const { token } = await order();
    const { items: [newest] } = await seller.expect(200, 'GET', `/shops/${shop.id}/orders?limit=1`);
    for (let cursor = ''; ;) {
      const page = await seller.expect(200, 'GET', `/shops/${shop.id}/parcels?state=open&limit=100${cursor}`);
      const parcel = page.items.find((one) => one.orders.some(({ id }) => id === newest.id));
      if (parcel) return { path: `/shops/${shop.id}/parcels/${parcel.id}`, token };
      cursor = `&cursor=${page.next_cursor}`;
    }
  }

  async function packed() {
    const one = await open();
    await seller.expect(200, 'PUT', `${one.path}/state`, { state: 'packed' });
    return one;
  }

  async function handedOver() {
    const one = await packed();
    await seller.expect(200, 'PUT', `${one.path}/handover`, {});
    return one;
  }

  async function returnPath() {
    const { token } = await handedOver();
    const { json } = await device.post(`/orders/${token}/returns`, { wish: 'refund', reason: 'late', lines: [{ product_id: product.id, quantity: 1 }] },
      { headers: { 'idempotency-key': newKey() } });
    return `/shops/${shop.id}/returns/${json.id}/state`;
  }

  return { shipper, zonePath, pointPath, handedOver, returnPath, parcelPath: async () => (await open()).path, packedPath: async () => (await packed()).path };
}
