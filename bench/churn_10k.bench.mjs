// Ten thousand viewers of one room of the real server come and drop twenty times: what stays of memory and descriptors.
// The first rounds are not counted: what is kept for reuse grows to its size in them.
import { Crowd, figureOf, heldBy } from '../tests/lib/crowd.mjs';
import { until } from '../tests/lib/until.mjs';
import { withShopServer } from './shop_server.mjs';

const [viewers = 10_000, rounds = 20, firstRounds = 8] = process.argv.slice(2).map(Number);
const wait_ms = 120_000;
const print = (figure, value, unit) => console.log(JSON.stringify({ bench: 'churn_10k', figure, value, unit }));

process.env.GEILI_SERVER_CONNECTIONS_PER_ADDRESS_MAX = '15000';

await withShopServer(async ({ url, show, pid }) => {
  const crowd = new Crowd(url, show);
  const inRoom = (count) => until(`${count} viewers`, async () => (await figureOf(url, 'geili_websockets')) === count, wait_ms);
  const round = async () => {
    await crowd.come(viewers);
    await inRoom(viewers);
    crowd.leave();
    await inRoom(0);
  };
  for (let i = 0; i < firstRounds; i += 1) await round();
  const before = await heldBy(pid);
  const began = performance.now();
  for (let i = 0; i < rounds; i += 1) await round();
  const took_ms = performance.now() - began;
  // What the allocator gives back comes back a little later.
  let held = await heldBy(pid);
  await until('memory as before', async () => {
    held = await heldBy(pid);
    return held.own_kib <= before.own_kib * 1.05;
  }).catch(() => {});
  print('files_before', before.files, 'files');
  print('files_leaked', held.files - before.files, 'files');
  print('resident_growth', Number(((held.resident_kib / before.resident_kib - 1) * 100).toFixed(2)), '%');
  print('own_memory_growth', Number(((held.own_kib / before.own_kib - 1) * 100).toFixed(2)), '%');
  print('comings_per_s', Math.round(viewers * rounds / took_ms * 1000), '1/s');
});
