// A show that was live with a picture and is over: made through the API and the real RTMP port.
import { liveShow } from './house.mjs';
import { Publisher } from './publisher.mjs';
import { until } from './until.mjs';

// Waits until at least so much of the show is kept.
export const kept = (client, showId, duration_ms) => until(`${duration_ms} ms of a recording`, async () => {
  const { status, json } = await client.get(`/shows/${showId}/recording`);
  return status === 200 && json.duration_ms >= duration_ms && json;
});

// Of a show that is over, once it is ready.
export const recordingOf = (client, showId) => until('the recording is ready', async () => {
  const { json } = await client.get(`/shows/${showId}/recording`);
  return json.state === 'ready' && json;
});

// A live show whose picture comes; the caller ends `publisher`.
export async function onAir(server, seller, shopId, products) {
  const show = await liveShow(seller, shopId, products);
  const { rtmp_url, stream_key } = await seller.expect(200, 'GET', `/shows/${show.id}/ingest`);
  return { show, publisher: new Publisher(`${rtmp_url}/${stream_key}`) };
}

// Each product is pinned for two seconds of the recording or more.
export async function recordedShow(server, seller, shopId, products) {
  const { show, publisher } = await onAir(server, seller, shopId, products);
  try {
    let recording = await kept(seller, show.id, 1000);
    for (const product of products) {
      await seller.expect(200, 'PUT', `/shows/${show.id}/pin`, { product_id: product.id });
      recording = await kept(seller, show.id, recording.duration_ms + 3000);
    }
    await seller.expect(200, 'POST', `/shows/${show.id}/end`);
  } finally {
    await publisher.kill();
  }
  return { show, recording: await recordingOf(seller, show.id) };
}
