// Before a show: the start is moved and all who wait hear of it, a trailer, a show that comes again, a shop that is followed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newDevice, newProduct, openHouse } from '../lib/house.mjs';
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
