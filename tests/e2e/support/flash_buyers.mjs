// Buyers of one show who do the same by two ways: in Chromium, where all they do and learn is on the page, and as
// clients of the API and the room. Both have a device of their own.
import assert from 'node:assert/strict';
import { Client } from '../../lib/client.mjs';
import { buy, newDevice } from '../../lib/house.mjs';
import { kBuyer } from '../../lib/shipping.mjs';
import { Room } from '../../lib/websocket.mjs';
import { kPhone } from './browser.mjs';
import { ShowPage } from './show_page.mjs';

const kPatience_ms = 60_000;
const kAddress = { 'Province': '浙江省', 'Town or city': '绍兴市', 'District': '诸暨市', 'Street and number': '中山路1号' };
const kAbroad = { country: 'FR', postal_address: { street: '1 rue du Lac', city: 'Annecy', postal_code: '74000' } };

class Buyer {
  /** Of the order, once there is one. */
  token;
  /** Of the intent that pays it. */
  secret;
  /** In line: {id, place}. */
  wait;
  isHeld = false;

  constructor(world, name) {
    this.world = world;
    this.name = name;
    this.reader = new Client(world.url);
  }

  /** The order as its link tells it. */
  sees() { return this.reader.expect(200, 'GET', `/orders/${this.token}`); }
}

export class PageBuyer extends Buyer {
  static async enter(world, name) {
    const buyer = new PageBuyer(world, name);
    const { page, context } = Object.assign(buyer, await world.house.visitor({ viewport: kPhone }));
    await world.sandbox.serve(context);
    page.on('request', (request) => {
      if (request.url().startsWith('https://api.stripe.com/')) buyer.secret = new URL(request.url()).pathname.split('/').at(-2);
    });
    buyer.show = await ShowPage.open(page, world.url, world.show);
    return buyer;
  }

  get turn() { return this.page.getByRole('region', { name: 'Your turn' }); }

  async tap() {
    await this.show.pinned.getByRole('button', { name: /^(Buy|Wait in line)$/ }).click();
    const held = this.show.sheet.getByText(/^Yours for$/).first();
    await held.or(this.show.sheet.getByRole('heading', { name: 'Sold out', level: 3 })).first().waitFor();
    this.isHeld = await held.isVisible();
  }

  async order() {
    const { sheet } = this.show;
    await sheet.getByLabel('Country').selectOption('CN');
    await sheet.getByText('+CN¥12').waitFor();
    await this.world.look?.(this, 'sheet');
    await sheet.getByLabel('Name', { exact: true }).fill(this.name);
    await sheet.getByLabel('Phone').fill(kBuyer.phone);
    for (const [label, text] of Object.entries(kAddress)) await sheet.getByLabel(label, { exact: true }).fill(text);
    await this.world.look?.(this, 'sheet-form');
    await sheet.getByRole('button', { name: 'Buy for CN¥311' }).click();
    await sheet.getByRole('heading', { name: /^Yours! No\. \d+$/ }).waitFor();
    await this.world.look?.(this, 'ordered');
    await sheet.getByRole('link', { name: 'Pay now' }).click();
    await this.page.waitForURL(/\/order#/);
    this.token = new URL(this.page.url()).hash.slice(1);
    await this.page.getByText('Time left to pay').waitFor();
  }

  /** Gives a card in Stripe's field, and waits for what the page then says. */
  async pay(number, words) {
    const { page } = this;
    await page.getByRole('link', { name: 'Pay now' }).click();
    await page.getByLabel('Card of the stub').fill(number);
    await page.getByRole('button', { name: 'Pay CN¥311' }).click();
    await page.getByText(words, { exact: true }).first().waitFor();
  }

  async goBackToOrder() {
    await this.page.getByRole('link', { name: 'Back to the order' }).click();
    await this.page.waitForURL(/\/order#/);
  }

  async join() {
    const { sheet } = this.show;
    await sheet.getByRole('button', { name: 'Wait in line' }).click();
    await sheet.getByText(/^You are no\. \d+ in line/).waitFor();
    await sheet.getByRole('button', { name: 'Go on' }).click();
    this.wait = await this.page.evaluate(async () => (await (await fetch('/api/v1/device/holds')).json()).waits[0]);
    await this.page.getByText(`No. ${this.wait.place} in line for Pearl necklace`).waitFor();
  }

  async offered() {
    await this.turn.getByText('Your turn: Pearl necklace').waitFor();
  }

  async decline() {
    await this.turn.getByRole('button', { name: 'No, thank you' }).click();
    await this.turn.waitFor({ state: 'detached' });
  }

  async takeOffer() {
    await this.turn.getByRole('button', { name: 'Buy' }).click();
    await this.order();
  }

  leave() { return this.context.close(); }
}

export class WireBuyer extends Buyer {
  static async enter(world, name, isAbroad) {
    const buyer = new WireBuyer(world, name);
    buyer.device = await newDevice(world.url, name);
    buyer.room = await Room.join(buyer.device, world.show.id);
    buyer.address = { ...kBuyer, ...(isAbroad && kAbroad), name };
    return buyer;
  }

  /** How many are left, as the room tells it. */
  get left() { return this.room.state.stock?.[this.world.product.id]; }
  get #wish() { return { product_id: this.world.product.id, show_id: this.world.show.id, quantity: 1 }; }

  /** Sees the others take theirs, and taps as well. */
  async tapWhenLeft(units) {
    await this.room.until(() => this.left <= units, `${units} left`, kPatience_ms);
    const { status, json } = await this.device.post('/device/holds', this.#wish);
    if (status !== 201) assert.equal(json.type, '/problems/sold-out');
    this.isHeld = status === 201;
  }

  async order() {
    const { product, show } = this.world;
    const lines = [{ product_id: product.id, quantity: 1 }];
    const goods = { shop_id: product.shop_id, show_id: show.id, lines, buyer: this.address };
    const { options: [option] } = await this.device.expect(200, 'POST', '/shipping/quote', goods);
    const { status, json } = await buy(this.device, { ...goods, fulfilment: 'delivery', payment_method: 'card',
      expected_total: { ...product.price, minor: product.price.minor + option.shipping.minor } });
    assert.equal(status, 201, JSON.stringify(json));
    this.token = json.token;
  }

  async pay(number) {
    this.secret = (await this.device.expect(200, 'POST', `/orders/${this.token}/payment`)).client_secret;
    return this.world.sandbox.confirm(this.secret, number);
  }

  async join() {
    this.wait = await this.device.expect(201, 'POST', '/device/waits', this.#wish);
  }

  /** The room tells it, and it is held for this device. */
  async offered() {
    await this.room.until(() => this.room.events.some(({ type, wait_id }) => type === 'offered' && wait_id === this.wait.id), 'the offer', kPatience_ms);
    const { holds: [hold], waits } = await this.device.expect(200, 'GET', '/device/holds');
    assert.deepEqual([hold.product_id, hold.offered, waits], [this.world.product.id, true, []]);
    this.hold = hold;
  }

  decline() { return this.device.expect(204, 'DELETE', `/device/holds/${this.hold.id}`); }
  takeOffer() { return this.order(); }
  leave() { this.room.drop(); }
}
