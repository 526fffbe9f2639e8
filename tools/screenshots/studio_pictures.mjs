// What is around a show: who waits for it, where else it is seen, the boxes, and what is left of it when it is over.
import { join } from 'node:path';
import { newDevice } from '../../tests/lib/house.mjs';
import { Browser, PushService } from '../../tests/lib/push_service.mjs';
import { kept } from '../../tests/lib/recorded_show.mjs';
import { freePort, recordingServer } from '../../tests/lib/restreams.mjs';
import { until } from '../../tests/lib/until.mjs';
import { playing } from './demo.mjs';

const kReminded = 3;
const kWaiting = 6;
const kRecorded_ms = 20_000;

export async function waitingPictures(demo, album) {
  const service = await PushService.start();
  const path = `/shows/${demo.nextShow.id}`;
  for (let i = 0; i < kReminded; i += 1) {
    const device = await newDevice(demo.url);
    await device.expect(200, 'PUT', '/device/push-subscription', new Browser(service).subscription);
    await device.expect(200, 'PUT', `${path}/reminder`);
  }
  const crowd = await demo.crowd(kWaiting, demo.nextShow);
  const page = await demo.page();
  await page.goto(demo.url + path);
  await page.locator('[data-wait=counting]').getByRole('button', { name: 'Remind me' }).waitFor();
  await page.getByText(`${kWaiting + 1} people are waiting`).waitFor();
  await album.take(page, 'waiting-phone');
  await page.context().close();
  const desk = await demo.page({ client: demo.lin });
  await desk.goto(demo.desk(demo.nextShow));
  await desk.getByText(`${kReminded} devices will be reminded`).waitFor();
  await album.take(desk, 'planned-phone');
  await desk.context().close();
  for (const room of crowd) room.drop();
  service.stop();
}

export async function restreamPictures(demo, album, folder) {
  const page = await demo.page({ client: demo.lin });
  await page.goto(`${demo.url}/studio/restreams`);
  await page.getByRole('button', { name: 'Add a platform' }).click();
  const sheet = page.getByRole('dialog');
  for (const [field, text] of Object.entries({ 'Name': 'Village channel', 'Server URL': 'rtmps://live.example.com/app', 'Stream key': 'village-channel-1' })) {
    await sheet.getByLabel(field).fill(text);
  }
  await album.takeSheet(page, 'restream-sheet-phone');
  const port = await freePort();
  const far = recordingServer(port, join(folder, 'far.flv'));
  const platform = { name: 'Village channel', server_url: `rtmp://127.0.0.1:${port}/live`, stream_key: 'stream', shows: 'all' };
  await demo.lin.expect(201, 'POST', `/shops/${demo.show.shop.id}/restreams`, platform);
  await page.goto(demo.desk());
  const also = page.getByRole('region', { name: 'Also sent to' });
  await also.getByText('Sending', { exact: true }).waitFor();
  await also.getByText(/[1-9][\d,]* kbit\/s/).waitFor();
  await playing(page);
  await album.take(page, 'restream-phone', { at: also, block: 'center' });
  far.stop();
  await page.context().close();
}

export async function parcelPicture(demo, album) {
  const ana = await newDevice(demo.url, 'Ana');
  await demo.order(ana, 'Ana', [[demo.product('Drop'), 1], [demo.product('Stud'), 2]]);
  await demo.order(ana, 'Ana', [[demo.product('Freshwater'), 1]]);
  await demo.order(await newDevice(demo.url, 'Rosa'), 'Rosa', [[demo.product('Loose'), 2]]);
  const page = await demo.page({ client: demo.lin });
  await page.goto(`${demo.url}/studio/orders/parcels`);
  const box = page.getByRole('article').filter({ hasText: 'Ana' });
  await box.getByRole('checkbox').first().check();
  await album.take(page, 'parcels-phone', { at: box });
  await page.context().close();
}

/** Cash counts once the box has arrived: the report then has something that was paid, if only in practice. */
export async function deliverTo(demo, name) {
  const parcels = `/shops/${demo.show.shop.id}/parcels`;
  const { id } = (await demo.lin.expect(200, 'GET', `${parcels}?state=open`)).items.find(({ to }) => to.recipient === name);
  await demo.lin.expect(200, 'PUT', `${parcels}/${id}/state`, { state: 'packed' });
  await demo.lin.expect(200, 'PUT', `${parcels}/${id}/handover`, { carrier: 'EMS', tracking_number: 'EM123456789CN' });
  await demo.lin.expect(200, 'PUT', `${parcels}/${id}/state`, { state: 'delivered' });
}

// Near the end, because it replaces the camera of the show.
export async function cameraPicture(demo, album) {
  const page = await demo.page({ client: demo.lin });
  await page.goto(`${demo.desk()}/camera`);
  await page.getByRole('button', { name: 'Go on with this phone' }).click();
  const isLive = page.getByText('LIVE', { exact: true });
  const instead = page.getByRole('button', { name: 'Use this camera instead' });
  await instead.or(isLive).first().waitFor();
  if (await instead.isVisible()) await instead.click();
  await isLive.waitFor();
  await page.getByText('Line is').waitFor();
  await playing(page);
  await album.take(page, 'camera-phone');
  await page.context().close();
}

// Ends the show.
export async function afterwardsPictures(demo, album) {
  const path = `/shows/${demo.show.id}`;
  await kept(demo.lin, demo.show.id, kRecorded_ms);
  await demo.lin.expect(200, 'POST', `${path}/end`);
  await until('the recording is ready', async () => (await demo.lin.get(`${path}/recording`)).json.state === 'ready');
  const page = await demo.page({ client: demo.lin });
  await page.goto(demo.desk());
  const panel = page.getByRole('region', { name: 'Recording' });
  await panel.getByRole('link', { name: 'Watch' }).waitFor();
  await album.take(page, 'recording-phone', { at: panel });
  await page.goto(`${demo.desk()}/report`);
  await page.locator('.uplot canvas').waitFor();
  await album.take(page, 'report-phone');
  await album.take(page, 'report-chart-phone', { at: page.getByRole('region', { name: 'Viewers and sales over time' }) });
  await page.context().close();
}
