// A phone on the same network: HTTPS with the server's own certificate makes a secure page, and all goes through it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kRoot, Server } from '../lib/server.mjs';
import { kPhone, launch, visitor } from './support/browser.mjs';
import { makeVillage } from './support/village.mjs';

const kPassword = 'seven pearls on a string';

let server;
let browser;
let village;
let address;

before(async () => {
  server = await Server.start({ webRoot: process.env.GEILI_WEB_ROOT ?? `${kRoot}web/build`, args: ['--lan', '--lan-address', '127.0.0.1', '--lan-port', '0'] });
  address = server.address.lan_url;
  village = await makeVillage(server);
  browser = await launch({ hasCamera: true });
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

test('the terminal shows the address as a code, and the fingerprint', () => {
  assert.match(address, /^https:\/\/127\.0\.0\.1:\d+$/);
  assert.match(server.address.lan_fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  assert.ok(server.log.includes(address) && server.log.includes(server.address.lan_fingerprint) && server.log.includes('▀'));
});

test('a seller signs in with a secure cookie, and sends the picture of a live show by wss and WebRTC', async () => {
  const { context, page, complaints } = await visitor(browser, { viewport: kPhone, ignoreHTTPSErrors: true });
  await page.goto(`${address}/signin`);
  assert.equal(await page.evaluate(() => window.isSecureContext), true);
  await page.getByLabel('Sign-in name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill(kPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/studio');
  const [session] = (await context.cookies()).filter(({ httpOnly }) => httpOnly);
  assert.equal(session.secure, true);
  const socket = page.waitForEvent('websocket');
  await page.goto(`${address}/studio/shows/${village.show.id}/camera`);
  assert.match((await socket).url(), /^wss:/);
  await page.getByRole('button', { name: 'Go on with this phone', exact: true }).click();
  await page.getByText('LIVE', { exact: true }).waitFor();
  assert.deepEqual(complaints.filter((line) => !/40[14] \(/.test(line)), []);
});
