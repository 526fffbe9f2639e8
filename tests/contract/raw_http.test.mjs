// What is not quite HTTP is refused and hung up on, and nothing that hides in it is carried out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newProduct, openHouse } from '../lib/house.mjs';
import { parseAnswers, sendRaw } from '../lib/raw_http.mjs';
import { goodPost, kCutOff, kRawRefusals } from '../lib/raw_requests.mjs';

let house, as, listed;

const products = () => house.seller.expect(200, 'GET', `/shops/${house.shop.id}/products?hidden=true`);

before(async () => {
  house = await openHouse();
  const { seller, shop, server } = house;
  await newProduct(seller, shop.id);
  as = { path: `/api/v1/shops/${shop.id}/products`, host: new URL(server.url).host, csrf: seller.csrf,
    cookie: [...seller.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  listed = await products();
});
after(() => house?.server.remove());

for (const [name, bytes, status, problem] of kRawRefusals) {
  test(`${name}: ${status} ${problem}`, async () => {
    const answers = await sendRaw(house.server.url, bytes(as));
    assert.deepEqual(answers.map((a) => [a.status, a.json?.type]), [[status, `/problems/${problem}`]]);
    assert.equal(answers[0].headers.connection, 'close');
    assert.deepEqual(await products(), listed);
  });
}

for (const [name, bytes] of kCutOff) {
  test(`cut off: ${name}`, async () => {
    assert.deepEqual(await sendRaw(house.server.url, bytes(as), { hangUp: true }), []);
    assert.deepEqual(await products(), listed);
  });
}

test('what comes behind a good request is judged by itself', async () => {
  const good = `GET ${as.path} HTTP/1.1\r\nHost: ${as.host}\r\n\r\n`;
  const answers = await sendRaw(house.server.url, `${good}hello\r\n\r\n${goodPost(as)}`);
  assert.deepEqual(answers.map((a) => a.status), [200, 400]);
  assert.deepEqual(await products(), listed);
});

test('a request inside a refused body is not carried out', async () => {
  const inner = goodPost(as);
  const outer = `POST /api/v1/device/orders HTTP/1.1\r\nHost: ${as.host}\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`;
  assert.deepEqual((await sendRaw(house.server.url, outer)).map((a) => a.status), [405]);
  assert.deepEqual(await products(), listed);
});

test('many callers who say nothing keep nobody out', async () => {
  const silent = Array.from({ length: 200 }, () => sendRaw(house.server.url, 'POST / HTTP/1.1\r\nHost: x\r\nX-', { hangUp: true }));
  await products();
  assert.deepEqual((await Promise.all(silent)).flat(), []);
});

// Without this the refusals above could all come from a mistake in what the requests have in common.
test('the same request without a fault is carried out', async () => {
  const answer = await sendRaw(house.server.url, goodPost(as).replace('\r\n', '\r\nConnection: close\r\n'));
  assert.deepEqual(answer.map((a) => [a.status, a.json?.title]), [[201, 'Smuggled']]);
  assert.equal((await products()).items.length, listed.items.length + 1);
  assert.deepEqual(parseAnswers(''), []);
});
