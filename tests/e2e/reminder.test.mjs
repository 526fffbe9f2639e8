// A reminder from the tap to the notification. Chromium without a network reaches no push service, so PushManager.subscribe is
// stood in for at the page's edge, with keys made here; what the server sends is handed to the real service worker.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Browser, PushService } from '../lib/push_service.mjs';
import { kRoot } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop, kPhone } from './support/browser.mjs';
import { House } from './support/house.mjs';

const kShots = path.join(kRoot, 'build/screenshots');
const kHour_ms = 3_600_000;
const kWords = {
  en: ['Remind me', 'Reminder is on'], zh: ['提醒我', '已开启提醒'], es: ['Recuérdame', 'Recordatorio activado'], fr: ['Me le rappeler', 'Rappel activé'],
};

let house, service, seller, shop, show, browser, viewer;
const isoIn = (ms) => new Date(Date.now() + ms).toISOString();
const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const shot = (page, name) => page.screenshot({ path: path.join(kShots, `reminder-${name}.png`) });

before(async () => {
  await mkdir(kShots, { recursive: true });
  house = await House.open({ args: ['--webhooks-allow-loopback', 'true'] });
  service = await PushService.start();
  ({ seller, shop } = house.village);
  show = await seller.expect(201, 'POST', `/shops/${shop.id}/shows`, { title: 'Pearls of the evening', starts_at: isoIn(2 * kHour_ms) });
  browser = new Browser(service);
  viewer = await reminding(browser);
});
after(async () => {
  service?.stop();
  await house?.close();
});

/** A visitor on the page of the show, who has allowed notifications. */
async function reminding({ subscription }, options) {
  const one = await house.visitor({ viewport: kPhone, hasWorkers: true, ...options });
  await one.context.grantPermissions(['notifications'], { origin: house.url });
  await one.page.addInitScript(({ endpoint, keys }) => {
    const kKept = 'stand-in-subscription';
    const made = (key) => ({
      endpoint, options: { applicationServerKey: key, userVisibleOnly: true }, toJSON: () => ({ endpoint, keys }),
      unsubscribe: async () => { sessionStorage.removeItem(kKept); return true; },
    });
    PushManager.prototype.getSubscription = async () => {
      const kept = sessionStorage.getItem(kKept);
      return kept ? made(new Uint8Array(JSON.parse(kept)).buffer) : null;
    };
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      sessionStorage.setItem(kKept, JSON.stringify([...applicationServerKey]));
      return made(new Uint8Array(applicationServerKey).buffer);
    };
  }, subscription);
  await one.page.addInitScript(kAxe);
  await one.page.goto(`${house.url}/shows/${show.id}`);
  return one;
}

const button = (page, name) => page.locator('[data-wait]').getByRole('button', { name, exact: true });
const stateOf = (page) => page.evaluate(async () => (await fetch('/api/v1/device/push-subscription')).json());

test('one tap, and the show is reminded of', async () => {
  const { page } = viewer;
  await button(page, 'Remind me').click();
  await button(page, 'Reminder is on').waitFor();
  assert.equal(await button(page, 'Reminder is on').getAttribute('aria-pressed'), 'true');
  assert.deepEqual(await stateOf(page), { is_on: true, language: 'en', show_ids: [show.id], shop_ids: [] });
  assert.deepEqual(await graveFaults(page), []);
  await page.reload();
  await button(page, 'Reminder is on').waitFor();
});

test('the button fits in every language, on a phone and a wide window', async () => {
  for (const viewport of [kPhone, kDesktop]) {
    const { page } = await reminding(new Browser(service), { viewport });
    for (const [language, [off]] of Object.entries(kWords)) {
      await page.evaluate((one) => localStorage.setItem('geili.language', one), language);
      await page.reload();
      await button(page, off).waitFor();
      await shot(page, `wait-${language}-${viewport.width}`);
      assert.ok(await widthOf(page) <= viewport.width, language);
    }
  }
});

test('the host sees how many will be reminded', async () => {
  const { page } = await house.signedIn(seller, { viewport: kPhone });
  await page.goto(`${house.url}/studio/shows/${show.id}`);
  await page.getByText('1 device will be reminded').waitFor();
  await shot(page, 'desk-360');
  assert.ok(await widthOf(page) <= kPhone.width);
});

/** Hands what the push service got to the browser's worker, as a push. */
async function deliver({ page, context }, data) {
  const session = await context.newCDPSession(page);
  const registered = new Promise((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(house.url) && !isDeleted);
      if (own) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.deliverPushMessage', { origin: house.url, registrationId: await registered, data });
  await session.detach();
}

const shown = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
});

test('that it is moved is shown by the worker, with the time of the device, and once', async () => {
  const starts_at = isoIn(26 * kHour_ms);
  const { headers } = await seller.get(`/shows/${show.id}`);
  assert.equal((await seller.patch(`/shows/${show.id}`, { starts_at }, headers.etag)).status, 200);
  await service.read(browser);
  const text = browser.decrypted(service.sentTo(browser)[0].body);
  const { page } = viewer;
  for (let i = 0; i < 2; i += 1) await deliver(viewer, text);
  const [note] = await until('the notification', async () => {
    const all = await shown(page);
    return all.length > 0 && all;
  });
  assert.deepEqual([note.title, note.tag, note.lang], ['Lin Pearls', `show-${show.id}`, 'en']);
  assert.match(note.body, /^“Pearls of the evening” was moved to [^{]*\d:\d\d/);
  assert.equal((await shown(page)).length, 1);
});

test('a tap on it comes back to the page of the show, or opens it', async () => {
  const { page, context } = viewer;
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  // A browser lets a worker open windows after a real tap alone: what it asks for is taken down.
  const tap = () => worker.evaluate(async () => {
    const asked = [];
    self.clients.openWindow = async (address) => { asked.push(['open', address]); return null; };
    WindowClient.prototype.focus = async function focus() { asked.push(['focus', new URL(this.url).pathname]); return this; };
    const [notification] = await self.registration.getNotifications();
    const data = notification.data;
    const event = new Event('notificationclick');
    const waited = [];
    Object.assign(event, { waitUntil: (work) => waited.push(work) });
    Object.defineProperty(event, 'notification', { value: { data, close() {} } });
    self.dispatchEvent(event);
    await Promise.all(waited);
    return asked;
  });
  assert.deepEqual(await tap(), [['focus', `/shows/${show.id}`]]);
  await page.goto(`${house.url}/orders`);
  assert.deepEqual(await tap(), [['open', `/shows/${show.id}`]]);
});

test('a shop is followed with its reminders, and everything is turned off in one place', async () => {
  const { page } = viewer;
  await page.goto(`${house.url}/shops/${shop.id}`);
  await page.getByRole('button', { name: 'Remind me of its shows' }).click();
  await page.getByRole('button', { name: 'Reminders are on', pressed: true }).waitFor();
  await page.getByRole('button', { name: /^Following Lin Pearls/, pressed: true }).waitFor();
  await shot(page, 'shop-360');
  assert.ok(await widthOf(page) <= kPhone.width);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Reminders' }).click();
  await page.getByText('This device reminds you of 1 show.').waitFor();
  await page.getByText('And of all shows of 1 shop.').waitFor();
  await shot(page, 'settings-360');
  assert.deepEqual(await graveFaults(page), []);
  await page.getByRole('button', { name: 'Turn all off' }).click();
  await page.getByText('No reminders').waitFor();
  assert.deepEqual(await stateOf(page), { is_on: false, show_ids: [], shop_ids: [] });
  await page.goto(`${house.url}/shows/${show.id}`);
  await button(page, 'Remind me').waitFor();
});

const kObstacles = {
  denied: [() => { Object.defineProperty(Notification, 'permission', { get: () => 'denied' }); }, /Allow notifications for it in the settings of your browser/],
  'not able to': [() => { delete window.PushManager; }, /cannot remind you while the page is closed/],
  'an iPhone': [() => {
    delete window.PushManager;
    Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)' });
  }, /Add to Home Screen/],
};
for (const [what, [hinder, words]] of Object.entries(kObstacles)) {
  test(`where the browser is ${what}, the button says why and offers the calendar`, async () => {
    const { page } = await house.visitor({ viewport: kPhone });
    await page.addInitScript(hinder);
    await page.goto(`${house.url}/shows/${show.id}`);
    await button(page, 'Remind me').click();
    const sheet = page.getByRole('dialog', { name: 'Reminders' });
    await sheet.getByText(words).waitFor();
    await sheet.getByRole('link', { name: 'Add to calendar' }).waitFor();
    await shot(page, `${what.replaceAll(' ', '-')}-360`);
    assert.ok(await widthOf(page) <= kPhone.width);
  });
}

test('nothing was wrong on the way', async () => {
  assert.deepEqual(await viewer.faults(), []);
});
