// The program bench/impair, which other tests and benchmarks put between a client and the server.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { BadLink } from '../lib/bad_link.mjs';

let server;
let link;

before(async () => {
  server = createServer((_, answer) => answer.end('pearls'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  link = await BadLink.open({ routes: [{ tcp: '127.0.0.1:0', to: `127.0.0.1:${server.address().port}` }] });
});
after(async () => {
  await link?.close();
  server?.close();
});

const get = () => fetch(`http://${link.address.tcp[0]}/`).then((answer) => answer.text());

test('it says where it listens, and passes on', async () => {
  assert.equal(await get(), 'pearls');
  const { up, down } = await link.figures();
  assert.ok(up.bytes > 0 && down.bytes > 'pearls'.length);
});

test('what is set while it runs counts from then on, and what is not named stays', async () => {
  await link.change({ both: { loss_permille: 1000 }, down: { delay_ms: 1 } });
  assert.equal(await get(), 'pearls');
  const { up, down } = await link.change({ up: { loss_permille: 0 } });
  assert.ok(up.stream_losses > 0 && down.stream_losses > 0);
  assert.equal(await get(), 'pearls');
  const later = await link.change({ both: { loss_permille: 0 } });
  assert.equal(later.up.stream_losses, up.stream_losses);
  assert.ok(later.down.stream_losses > down.stream_losses);
});

test('a cut holds, and its end lets go', async () => {
  await link.change({ cut: 'all' });
  const answer = get();
  await link.change({ cut: 'none' });
  assert.equal(await answer, 'pearls');
});

for (const [what, field] of [
  [{ both: { loss_permille: 1001 } }, '/both/loss_permille'],
  [{ up: { delay_ms: -1 } }, '/up/delay_ms'],
  [{ up: { colour: 'blue' } }, '/up/colour'],
  [{ cut: 'some' }, '/cut'],
  [{ across: {} }, '/across'],
]) {
  test(`${JSON.stringify(what)} is refused by name and changes nothing`, async () => {
    await assert.rejects(link.change(what), (error) => error.message.includes(`${field} `));
    assert.equal(await get(), 'pearls');
  });
}

test('an address that is taken ends it with a word', async () => {
  const to = `127.0.0.1:${server.address().port}`;
  await assert.rejects(BadLink.open({ routes: [{ tcp: to, to }] }), /in use/);
});
