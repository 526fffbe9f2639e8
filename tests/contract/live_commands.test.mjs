// Every command of a live show: who may give it, and that it is worth nothing twice, too late or elsewhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kAccess, kCallers } from '../lib/access_table.mjs';
import { Client } from '../lib/client.mjs';
import { kLiveEvents, kOperations } from '../lib/contract.mjs';
import { liveShow, newDevice, newProduct, openHouse } from '../lib/house.mjs';
import { isLive, kLiveCommands } from '../lib/live_commands.mjs';
import { Room } from '../lib/websocket.mjs';

let house;
const seats = [];

before(async () => { house = await openHouse(); });
after(() => {
  for (const seat of seats) seat.drop();
  return house?.server.remove();
});

async function enter(client, show) {
  const seat = await Room.join(client, show.id);
  seats.push(seat);
  return seat;
}

// A live show with a product, a buyer who sits in it, and what the command is about.
async function stageOf({ make }) {
  const { seller, shop, server } = house;
  const product = await newProduct(seller, shop.id, { stock: 20 });
  const show = await liveShow(seller, shop.id, [product]);
  const buyer = await newDevice(server.url, 'Ana');
  const stage = { ...house, product, show, buyer, otherBuyer: await newDevice(server.url, 'Luis'), seat: await enter(buyer, show) };
  stage.made = await make?.(stage);
  return stage;
}

const give = (stage, who, [method, path, json, headers]) =>
  stage[who].request(method, path, { ...(json !== undefined && { json }), headers });
const told = (answer) => `${answer.status} ${answer.body.toString().slice(0, 400)}`;
function assertRefused(answer, [status, problem]) {
  assert.deepEqual([answer.status, answer.json?.type], [status, `/problems/${problem}`], told(answer));
}
const newestDeed = async () => (await house.admin.expect(200, 'GET', '/audit?limit=1')).items[0]?.id;

// Everything that was told before it has come once this has.
async function heard(stage, type) {
  const host = await enter(stage.seller, stage.show);
  const text = `that was all of ${type}`;
  host.chat(text);
  await stage.seat.event('chat', (event) => event.text === text);
  host.drop();
  return stage.seat.events.filter((event) => event.type === type).length;
}

test('every command that changes a live show stands in the table, and in that of the roles', () => {
  assert.deepEqual(Object.keys(kLiveCommands).sort(), kOperations.filter(isLive).map(({ id }) => id).sort());
  for (const id of Object.keys(kLiveCommands)) assert.equal(kAccess[id]?.[0].length, kCallers.length, id);
});

for (const [id, command] of Object.entries(kLiveCommands)) {
  const { by, ask, again, of, tells, late, foreign } = command;

  test(`${id}, twice: ${again}`, async () => {
    const stage = await stageOf(command);
    const first = await give(stage, by, ask(stage));
    assert.ok(first.status < 300, told(first));
    const second = await give(stage, by, ask(stage));
    if (Array.isArray(again)) assertRefused(second, again);
    else assert.equal(second.status, first.status, told(second));
    if (of && again === 'same') assert.deepEqual(of(second.json), of(first.json));
    if (of && again === 'anew') assert.notDeepEqual(of(second.json), of(first.json));
    if (tells) assert.equal(await heard(stage, tells), 1, `the room hears ${tells} once`);
  });

  test(`${id}, too late: ${late}`, async () => {
    const stage = await stageOf(command);
    await stage.seller.expect(200, 'POST', `/shows/${stage.show.id}/end`);
    const before = await newestDeed();
    const answer = await give(stage, by, ask(stage));
    if (late === 'done') return assert.ok(answer.status < 300, told(answer));
    assertRefused(answer, late);
    assert.equal(await newestDeed(), before, 'what is refused is no deed');
  });

  if (by !== 'buyer') {
    test(`${id}, by people of another shop`, async () => {
      const stage = await stageOf(command);
      const before = await newestDeed();
      assertRefused(await give(stage, 'stranger', ask(stage)), [403, 'forbidden']);
      assertRefused(await give(stage, 'buyer', ask(stage)), [401, 'signed-out']);
      assert.equal(await newestDeed(), before);
    });
  }

  for (const [what, refused] of Object.entries(foreign)) {
    test(`${id}, for ${what}`, async () => {
      const stage = await stageOf(command);
      const [who, asked, ...expected] = await refused(stage, await stageOf(command));
      const before = await newestDeed();
      assertRefused(await give(stage, who, asked), expected);
      assert.equal(await newestDeed(), before);
    });
  }
}

// In a room: what each kind of caller hears of each command. Who is a viewer there needs a name to be heard by.
const kRoomCommands = {
  chat: { say: (s) => ({ type: 'chat', ref: 'r', text: `Hello from ${s.who}` }), refuses: { visitor: 'name-needed', stranger: 'name-needed' } },
  hearts: { say: () => ({ type: 'hearts', ref: 'r', count: 1 }), refuses: {} },
  raise_hand: { say: (s) => ({ type: 'raise_hand', ref: 'r', product_id: s.product.id }), refuses: {} },
  lower_hand: { say: (s) => ({ type: 'lower_hand', ref: 'r', product_id: s.product.id }), refuses: {} },
};

// The refusal of a command, or none: the server answers in turn, so what comes behind tells that it was taken.
async function refusalOf(seat, command) {
  seat.send(command);
  seat.sendText('no JSON');
  await seat.until(() => seat.refused.some(({ code }) => code === 'json-invalid') || seat.closed, 'the answer to what came behind');
  return seat.refused.splice(0).find(({ ref }) => ref === command.ref)?.code;
}

test('the table of rooms knows every command', () => {
  const known = kLiveEvents.components.schemas.Command.oneOf.map(({ $ref }) => kLiveEvents.components.schemas[$ref.split('/').at(-1)].properties.type.const);
  assert.deepEqual(Object.keys(kRoomCommands).sort(), known.sort());
});

for (const [type, { say, refuses }] of Object.entries(kRoomCommands)) {
  test(`${type} in a room, by everybody, and when the show is over`, async () => {
    const stage = await stageOf({});
    for (const who of kCallers) {
      const seat = await enter(who === 'visitor' ? new Client(house.server.url) : house[who], stage.show);
      assert.equal(await refusalOf(seat, say({ ...stage, who })), refuses[who], who);
    }
    await stage.seller.expect(200, 'POST', `/shows/${stage.show.id}/end`);
    await stage.seat.event('status');
    assert.equal(await refusalOf(stage.seat, say({ ...stage, who: 'late' })), 'show-not-live');
  });
}

test('in a room, for a product of another show', async () => {
  const [stage, other] = [await stageOf({}), await stageOf({})];
  for (const type of ['raise_hand', 'lower_hand']) {
    assert.equal(await refusalOf(stage.seat, kRoomCommands[type].say(other)), 'product-not-in-bag', type);
  }
});

test('in a room, the same twice', async () => {
  const stage = await stageOf({});
  const { seat, product } = stage;
  assert.equal(await refusalOf(seat, { type: 'chat', ref: 'r', text: 'Twice' }), undefined);
  assert.equal(await refusalOf(seat, { type: 'chat', ref: 'r', text: 'Twice' }), 'chat-duplicate');
  assert.equal(await heard(stage, 'chat'), 2, 'once, and the last word');
  for (let i = 0; i < 2; i += 1) assert.equal(await refusalOf(seat, kRoomCommands.raise_hand.say(stage)), undefined);
  await seat.until(() => seat.state.hands?.[product.id] === 1, 'one hand');
  for (let i = 0; i < 2; i += 1) assert.equal(await refusalOf(seat, kRoomCommands.lower_hand.say(stage)), undefined);
  await seat.until(() => seat.state.hands?.[product.id] === 0, 'no hand');
});
