// What is said is text: thousands of words that would be script or markup elsewhere, as messages, names and
// announcement, before a viewer and a host in real Chromium under our own policy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newDevice } from '../lib/house.mjs';
import { kMarkupNames, markupPayloads } from '../lib/markup_payloads.mjs';
import { Room } from '../lib/websocket.mjs';
import { kDesktop } from './support/browser.mjs';
import { House } from './support/house.mjs';
import { watchScripts } from './support/markup_watch.mjs';

const kPayloads = 5_000;
// Nothing but text may stand in a message: what the page itself puts there, and no element more.
const kAllowedTags = new Set(['P', 'SPAN', 'BUTTON', 'SVG', 'PATH']);
const kMessagesKept = 200;

let house, village;
const pages = [];

before(async () => {
  house = await House.open({ args: ['--server-trusted-proxies', '127.0.0.1'] });
  village = house.village;
  const open = async (one, path) => {
    await watchScripts(one.page);
    await one.page.addInitScript(() => {
      window.strange = [];
      window.seen = new Set();
    });
    await one.page.goto(`${house.url}${path}`);
    await one.page.getByRole('log', { name: 'Chat' }).waitFor({ state: 'attached' });
    await one.page.evaluate((allowed) => {
      const watch = (node) => {
        for (const element of node.querySelectorAll?.('*') ?? []) {
          if (!allowed.includes(element.tagName.toUpperCase())) window.strange.push(element.outerHTML.slice(0, 200));
        }
        const text = node.querySelector?.('.text');
        if (text) window.seen.add(text.textContent);
      };
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) watch(node);
      }).observe(document.querySelector('[role=log]'), { childList: true, subtree: true });
    }, [...kAllowedTags]);
    pages.push(one);
  };
  await open(await house.visitor(), `/shows/${village.show.id}`);
  await open(await house.signedIn(village.seller, { viewport: kDesktop }), `/studio/shows/${village.show.id}`);
});
after(() => house?.close());

// What one person may say at once; many say it, each from elsewhere, some at a time.
async function sayAll(payloads) {
  const kAtOnce = 5;
  const kPeople = 4;
  const speak = async (from) => {
    const part = payloads.slice(from, from + kAtOnce);
    const person = from / kAtOnce;
    const device = await newDevice(house.url, kMarkupNames[person % kMarkupNames.length]);
    const room = await Room.join(device, village.show.id, { address: `10.0.${person >> 8}.${person & 255}` });
    for (const text of part) room.chat(text, 'p');
    await room.until(() => room.refused.length > 0 || part.every((text) => room.events.some((e) => e.text === text)), 'what was said');
    assert.deepEqual(room.refused, []);
    room.drop();
  };
  for (let from = 0; from < payloads.length; from += kAtOnce * kPeople) {
    await Promise.all(Array.from({ length: kPeople }, (_, n) => from + n * kAtOnce).filter((at) => at < payloads.length).map(speak));
  }
}

test('none of them runs, becomes an element or is shown as anything but itself', async () => {
  const payloads = markupPayloads(kPayloads);
  assert.equal(new Set(payloads).size, kPayloads);
  await village.seller.expect(204, 'PUT', `/shows/${village.show.id}/announcement`, { text: '<img src=x onerror=pwned(-8)>' });
  await sayAll(payloads);
  for (const { page } of pages) {
    await page.getByText('<img src=x onerror=pwned(-8)>', { exact: true }).waitFor();
    const last = payloads.at(-1);
    await page.waitForFunction((text) => window.seen.has(text), last);
    const told = await page.evaluate(() => ({ ran: window.ran, strange: window.strange, violations: window.violations, seen: [...window.seen] }));
    const seen = new Set(told.seen);
    assert.deepEqual([told.ran, told.strange, told.violations], [[], [], []]);
    assert.deepEqual(payloads.filter((text) => !seen.has(text)), []);
    assert.ok(await page.locator('[role=log] .message').count() <= kMessagesKept);
  }
  for (const one of pages) assert.deepEqual(await one.faults(), []);
});

test('the watch itself sees what runs and what is an element', async () => {
  const [{ page }] = pages;
  const told = await page.evaluate(() => {
    const line = document.createElement('p');
    line.innerHTML = '<b class="text">bold</b>';
    document.querySelector('[role=log]').append(line);
    window.pwned('on purpose');
    return new Promise((resolve) => queueMicrotask(() => resolve({ ran: window.ran, strange: window.strange })));
  });
  assert.deepEqual(told, { ran: ['on purpose'], strange: ['<b class="text">bold</b>'] });
});
