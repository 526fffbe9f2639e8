// What is said wrongly in a room is refused to its sender, and nobody else hears of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveShow, newDevice, newProduct, openHouse } from '../lib/house.mjs';
import { kBrokenFrames, kFloods, kRefusedHandshakes, kRefusedMessages } from '../lib/room_refusals.mjs';
import { Room } from '../lib/websocket.mjs';

let house, show, speaker, expected;

const room = (client) => Room.join(client, show.id);
const guest = async (name) => room(await newDevice(house.server.url, name));

// What a newcomer is shown of the room.
async function shown() {
  const seat = await room(house.visitor);
  seat.drop();
  const { seq, messages, status, pinned } = seat.snapshot;
  return { seq, messages, status, pinned, hearts: seat.state.hearts };
}

before(async () => {
  house = await openHouse();
  const product = await newProduct(house.seller, house.shop.id);
  show = await liveShow(house.seller, house.shop.id, [product]);
  speaker = await guest('Ana');
  speaker.chat('hello');
  await speaker.event('chat');
  expected = await shown();
});
after(() => {
  speaker?.drop();
  return house?.server.remove();
});

for (const [name, message, code, path] of kRefusedMessages) {
  test(`${name}: refused as ${code}${path === undefined ? '' : ` at "${path}"`}`, async () => {
    const seat = await guest('Bo');
    seat.sendText(message);
    await seat.until(() => seat.refused.length > 0 || seat.closed, 'a refusal');
    assert.deepEqual([seat.closed, seat.refused[0]?.code, seat.refused[0]?.path], [undefined, code, path]);
    if (/"ref":"r"/.test(message)) assert.equal(seat.refused[0].ref, 'r');
    assert.deepEqual(await shown(), expected);
    seat.drop();
  });
}

for (const [name, frames, code] of kBrokenFrames) {
  test(`${name}: closed with ${code}`, async () => {
    const seat = await guest('Bo');
    seat.sendFrames(...frames);
    await seat.until(() => seat.closed, 'a close');
    assert.equal(seat.closed.code, code);
    assert.deepEqual(await shown(), expected);
  });
}

for (const [name, frames, reason] of kFloods) {
  test(`${name} at once: closed with 1008`, async () => {
    const seat = await guest('Flood');
    seat.sendFrames(...frames);
    await seat.until(() => seat.closed, 'a close');
    assert.equal(seat.closed.code, 1008);
    assert.match(seat.closed.reason, reason);
  });
}

for (const [name, path, headers, status, problem, fault] of kRefusedHandshakes) {
  test(`a handshake with ${name}: ${status} ${problem}`, async () => {
    const answer = await house.visitor.request('GET', path(show), { headers });
    assert.deepEqual([answer.status, answer.json?.type, answer.json?.errors?.[0]?.path], [status, `/problems/${problem}`, fault]);
  });
}

test('who has no name is asked for one, and heard once it is chosen', async () => {
  const client = await newDevice(house.server.url);
  const seat = await room(client);
  seat.chat('It is me', 'n');
  await seat.until(() => seat.refused.length > 0, 'a refusal');
  assert.deepEqual(seat.refused, [{ ref: 'n', code: 'name-needed' }]);
  await client.expect(200, 'POST', '/device', { name: 'Cai' });
  seat.chat('It is me', 'n');
  assert.equal((await speaker.event('chat', (e) => e.text === 'It is me')).name, 'Cai');
  seat.drop();
});

test('who says the same again, or too much, is told to wait and stays', async () => {
  const seat = await guest('Dou');
  seat.chat('again');
  seat.chat('again', 'twice');
  for (let i = 0; i < 8; i++) seat.chat(`more ${i}`, 'much');
  await seat.until(() => seat.refused.some((r) => r.code === 'rate-limited') && seat.refused.some((r) => r.ref === 'twice'), 'both refusals');
  assert.equal(seat.refused.find((r) => r.ref === 'twice').code, 'chat-duplicate');
  const { ref, retry_after_ms } = seat.refused.find((r) => r.code === 'rate-limited');
  assert.equal(ref, 'much');
  assert.ok(retry_after_ms > 0 && retry_after_ms <= 5000, `${retry_after_ms} ms`);
  seat.hearts(20);
  seat.hearts(20, 'hearts');
  await seat.until(() => seat.refused.some((r) => r.ref === 'hearts'), 'a refusal');
  assert.equal(seat.refused.find((r) => r.ref === 'hearts').code, 'rate-limited');
  assert.equal(seat.closed, undefined);
  seat.drop();
});

test('the others hear each other through all of this', async () => {
  const other = await guest('Eva');
  other.chat('Still here?');
  assert.equal((await speaker.event('chat', (e) => e.text === 'Still here?')).name, 'Eva');
  assert.deepEqual([speaker.closed, other.closed], [undefined, undefined]);
  assert.doesNotMatch(house.server.log, /handler failed/);
  other.drop();
});
