// Before a show: the start is moved and all who wait hear of it, a trailer, a show that comes again, a shop that is followed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buy, newDevice, newProduct, openHouse, orderOf } from '../lib/house.mjs';
import { kPublishOffer } from '../lib/offers.mjs';
import { recordedShow } from '../lib/recorded_show.mjs';
import { Room } from '../lib/websocket.mjs';

let house, product;
before(async () => {
  house = await openHouse();
  product = await newProduct(house.seller, house.shop.id);
});
after(() => house?.server.remove());

const kFriday = '2030-05-03T11:30:00Z';
const plan = (more = {}) => house.seller.expect(201, 'POST', `/shops/${house.shop.id}/shows`, {
  title: 'Pearls', starts_at: kFriday, product_ids: [product.id], ...more });
const get = (id) => house.visitor.expect(200, 'GET', `/shows/${id}`);
const scheduled = async () => (await house.visitor.expect(200, 'GET', `/shows?shop_id=${house.shop.id}&status=scheduled`)).items;
async function change(show, body) {
  const { headers } = await house.seller.get(`/shows/${show.id}`);
  const { status, json } = await house.seller.patch(`/shows/${show.id}`, body, headers.etag);
  assert.equal(status, 200, JSON.stringify(json));
  return json;
}

test('whoever waits hears at once that the start was moved, and of the start', async () => {
  const show = await plan();
  const seats = await Promise.all([house.device, house.visitor].map((client) => Room.join(client, show.id)));
  const starts_at = '2030-05-03T12:00:00.000Z';
  await change(show, { starts_at });
  for (const seat of seats) {
    const told = await seat.event('plan');
    assert.deepEqual([told.title, told.starts_at], ['Pearls', starts_at]);
  }
  assert.equal((await get(show.id)).starts_at, starts_at);
  await change(show, { title: 'More pearls' });
  for (const seat of seats) await seat.event('plan', ({ title }) => title === 'More pearls');
  await house.seller.expect(200, 'POST', `/shows/${show.id}/start`);
  for (const seat of seats) {
    await seat.event('status', ({ status }) => status === 'live');
    seat.drop();
  }
});

test('a trailer is a clip of a show that the shop has recorded', async () => {
  const { show: earlier, recording } = await recordedShow(house.server, house.seller, house.shop.id, [product]);
  const [{ from_ms, to_ms }] = recording.chapters;
  const clip = await house.seller.expect(201, 'POST', `/shows/${earlier.id}/recording/clips`, { from_ms, to_ms });
  const show = await plan();
  const choose = (body) => house.seller.request('PUT', `/shows/${show.id}/trailer`, { json: body });
  const choice = { recorded_show_id: earlier.id, clip: clip.url.split('/').at(-1) };
  assert.equal((await choose(choice)).json.trailer, clip.url);
  assert.equal((await get(show.id)).trailer, clip.url);
  assert.equal((await scheduled()).find(({ id }) => id === show.id).trailer, undefined, 'not in lists');
  const { status, headers } = await house.visitor.request('GET', house.visitor.at(clip.url));
  assert.deepEqual([status, headers['content-type']], [200, 'video/mp4']);
  for (const clip_name of ['0_0_1.mp4', '../recording.json', 'x']) {
    const refused = await choose({ ...choice, clip: clip_name });
    assert.deepEqual([refused.status, refused.json.type], [404, '/problems/recording-not-found'], clip_name);
  }
  assert.equal((await choose({ ...choice, clip: '' })).status, 422);
  assert.equal((await get(show.id)).trailer, clip.url);
  await house.seller.expect(200, 'DELETE', `/shows/${show.id}/trailer`);
  assert.equal((await get(show.id)).trailer, undefined);

  assert.equal((await choose(choice)).status, 200);
  await house.seller.expect(204, 'DELETE', `/shows/${earlier.id}/recording`);
  assert.equal((await get(show.id)).trailer, undefined, 'it goes with the recording');
});

test('a show comes again: the next is planned when it begins, with bag and time of day', async () => {
  const show = await plan({ title: 'Friday pearls' });
  const rule = { weekdays: ['mon', 'fri'], time_zone: 'Asia/Shanghai', times: 2 };
  const repeated = await house.seller.expect(200, 'PUT', `/shows/${show.id}/repeat`, rule);
  assert.deepEqual(repeated.repeat, rule);
  const ofSeries = async () => (await scheduled()).filter(({ title }) => title === 'Friday pearls');
  assert.equal((await ofSeries()).length, 1);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/start`);
  const [next] = await ofSeries();
  assert.notEqual(next.id, show.id);
  assert.equal(next.starts_at, '2030-05-06T11:30:00.000Z', 'the Monday after');
  const full = await get(next.id);
  assert.deepEqual(full.products.map(({ id }) => id), [product.id]);
  assert.deepEqual(full.repeat, { ...rule, times: 1 });

  await change(full, { title: 'Friday pearls', starts_at: '2030-05-06T12:00:00Z', is_for_series: true });
  const other = await newProduct(house.seller, house.shop.id, { title: 'Ring' });
  await change(await get(next.id), { product_ids: [other.id] });
  await house.seller.expect(200, 'POST', `/shows/${next.id}/start`);
  const [last] = await ofSeries();
  const bagOf = async ({ id }) => (await get(id)).products.map((one) => one.id);
  assert.deepEqual([await bagOf(next), await bagOf(last)], [[other.id], [product.id]], 'what was changed for one show is for that one');
  await change(await get(last.id), { product_ids: [product.id, other.id], is_for_series: true });
  assert.deepEqual(await bagOf(next), [other.id]);
  assert.equal(last.starts_at, '2030-05-10T12:00:00.000Z', 'the time of day is for all to come');
  await house.seller.expect(200, 'POST', `/shows/${last.id}/start`);
  assert.deepEqual(await ofSeries(), []);
  assert.equal((await get(last.id)).repeat, undefined, 'as often as was said');
});

test('whoever waits hears at once that a show is called off', async () => {
  const show = await plan();
  const seats = await Promise.all([house.device, house.visitor].map((client) => Room.join(client, show.id)));
  await house.seller.expect(200, 'POST', `/shows/${show.id}/call-off`);
  for (const seat of seats) {
    await seat.event('status', ({ status }) => status === 'ended');
    seat.drop();
  }
  const off = await get(show.id);
  assert.deepEqual([off.status, off.started_at], ['ended', undefined]);
  const late = await Room.join(house.visitor, show.id);
  assert.equal(late.snapshot.status, 'ended');
  late.drop();
});

test('a show that was called off is in no list and no feed, and its report is none', async () => {
  const { seller, shop, visitor } = house;
  const show = await plan({ title: 'Off the list' });
  const over = await plan({ title: 'Over' });
  await seller.expect(200, 'POST', `/shows/${over.id}/start`);
  await seller.expect(200, 'POST', `/shows/${over.id}/end`);
  await seller.expect(200, 'POST', `/shows/${show.id}/call-off`);
  for (const client of [visitor, seller]) {
    for (const query of ['', '?status=ended', '?status=scheduled', `?shop_id=${shop.id}`, `?shop_id=${shop.id}&status=ended`]) {
      const ids = (await client.expect(200, 'GET', `/shows${query}`)).items.map(({ id }) => id);
      assert.deepEqual([ids.includes(show.id), ids.includes(over.id)], [false, !query.includes('scheduled')], query);
    }
  }
  for (const path of ['/shows.rss', `/shops/${shop.id}/shows.rss`]) {
    const text = (await visitor.get(path)).body.toString();
    assert.deepEqual([text.includes('Off the list'), text.includes('Over')], [false, true], path);
  }
  assert.equal((await seller.expect(409, 'GET', `/shows/${show.id}/report`)).type, '/problems/show-not-started');
});

test('calendars and search engines are told that a show was called off', async () => {
  const show = await plan({ title: 'Pearls & more' });
  await house.seller.expect(200, 'POST', `/shows/${show.id}/call-off`);
  const calendar = (await house.visitor.get(`/shows/${show.id}/calendar.ics`)).body.toString();
  assert.match(calendar, /\r\nDTSTART:20300503T113000Z\r\nDURATION:PT1H\r\n[^]*\r\nSTATUS:CANCELLED\r\nEND:VEVENT/);
  const { body } = await house.visitor.get(house.visitor.at(`/shows/${show.id}`));
  const [, linked] = /<script type="application\/ld\+json">(.+?)<\/script>/.exec(body.toString());
  const event = JSON.parse(linked).publication;
  assert.deepEqual([event.eventStatus, event.startDate, event.endDate], ['https://schema.org/EventCancelled', '2030-05-03T11:30:00.000Z', undefined]);
});

const calledOff = async () => house.seller.expect(200, 'POST', `/shows/${(await plan()).id}/call-off`);

test('a show that was called off stays so, whatever is changed of it', async () => {
  const { id } = await calledOff();
  for (const deed of ['call-off', 'start', 'end']) {
    assert.equal((await house.seller.expect(409, 'POST', `/shows/${id}/${deed}`)).type, '/problems/show-status-conflict', deed);
  }
  assert.equal((await change({ id }, { starts_at: '2031-05-03T11:30:00Z' })).status, 'ended');
});

test('no camera sends to a show that was called off', async () => {
  const show = await plan();
  const { stream_key } = await house.seller.expect(200, 'GET', `/shows/${show.id}/ingest`);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/call-off`);
  const headers = { authorization: `Bearer ${stream_key}` };
  const { status, json } = await house.visitor.request('POST', `/shows/${show.id}/whip`, { ...kPublishOffer, headers });
  assert.deepEqual([status, json.type], [409, '/problems/show-ended']);
});

test('nothing is sold in a show that was called off, and its goods are the shop\'s', async () => {
  const { id } = await calledOff();
  const buyer = await newDevice(house.server.url, 'Ana');
  const refused = await buy(buyer, orderOf(product, { show_id: id }));
  assert.deepEqual([refused.status, refused.json.type], [409, '/problems/show-status-conflict']);
  assert.equal((await buy(buyer, orderOf(product))).status, 201);
});

test('who called a show off is noted, once', async () => {
  const { id } = await calledOff();
  await house.seller.expect(409, 'POST', `/shows/${id}/call-off`);
  const deeds = (await house.admin.expect(200, 'GET', `/audit?shop_id=${house.shop.id}`)).items.filter(({ subject }) => subject === `show/${id}`);
  assert.deepEqual(deeds.map(({ action }) => action), ['show-called-off', 'show-created']);
});

test('a series goes on with its next show when one is called off', async () => {
  const show = await plan({ title: 'Sunday pearls' });
  await house.seller.expect(200, 'PUT', `/shows/${show.id}/repeat`, { weekdays: ['mon'], time_zone: 'Asia/Shanghai' });
  await house.seller.expect(200, 'POST', `/shows/${show.id}/call-off`);
  const [next, ...more] = (await scheduled()).filter(({ title }) => title === 'Sunday pearls');
  assert.deepEqual([next.starts_at, more], ['2030-05-06T11:30:00.000Z', []]);
  assert.deepEqual((await get(next.id)).repeat.weekdays, ['mon']);
});

test('a series that is ended plans no more', async () => {
  const show = await plan({ title: 'Once more' });
  await house.seller.expect(200, 'PUT', `/shows/${show.id}/repeat`, { weekdays: ['sun'], time_zone: 'America/Mexico_City' });
  const ended = await house.seller.expect(200, 'DELETE', `/shows/${show.id}/repeat`);
  assert.equal(ended.repeat, undefined);
  await house.seller.expect(200, 'POST', `/shows/${show.id}/start`);
  assert.deepEqual((await scheduled()).filter(({ title }) => title === 'Once more'), []);
});

test('a rule that means nothing is refused, with its fault', async () => {
  const show = await plan();
  for (const [what, path] of [
    [{ weekdays: [] }, '/weekdays'], [{ weekdays: ['friday'] }, '/weekdays'], [{ weekdays: 'fri' }, '/weekdays'], [{ time_zone: 'Asia/Nowhere' }, '/time_zone'],
    [{ time_zone: '' }, '/time_zone'], [{ times: 0 }, '/times'], [{ times: 201 }, '/times'], [{ until: 'tomorrow' }, '/until'],
  ]) {
    const { status, json } = await house.seller.request('PUT', `/shows/${show.id}/repeat`, { json: { weekdays: ['fri'], time_zone: 'Asia/Shanghai', ...what } });
    assert.equal(status, 422, JSON.stringify(what));
    assert.equal(json.errors[0].path, path, JSON.stringify(json));
  }
  assert.equal((await get(show.id)).repeat, undefined);
});

test('a shop is followed and its followers are counted, and told to nobody', async () => {
  const path = `/shops/${house.shop.id}/follow`;
  const devices = await Promise.all(['Ana', 'Luis'].map((name) => newDevice(house.server.url, name)));
  for (const device of devices) await device.expect(200, 'PUT', path);
  assert.deepEqual(await devices[0].expect(200, 'PUT', path), { is_following: true, followers: 2 });
  assert.deepEqual(await house.visitor.expect(200, 'GET', path), { is_following: false, followers: 2 });
  assert.deepEqual(await house.seller.expect(200, 'GET', path), { is_following: false, followers: 2 });
  assert.deepEqual((await devices[0].expect(200, 'GET', '/device/followed-shops')).items.map(({ id }) => id), [house.shop.id]);
  assert.deepEqual(await devices[0].expect(200, 'DELETE', path), { is_following: false, followers: 1 });
  assert.deepEqual((await devices[0].expect(200, 'GET', '/device/followed-shops')).items, []);
  assert.equal((await devices[0].request('PUT', '/shops/999999999/follow', {})).status, 404);
});
