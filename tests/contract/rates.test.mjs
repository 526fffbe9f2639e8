// Exchange rates: how they are recorded, which of them counts, and what a buyer's browser is told.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '../lib/client.mjs';
import { openHouse } from '../lib/house.mjs';
import { kInPostgres } from '../lib/postgres.mjs';
import { until } from '../lib/until.mjs';
import { kBinary, Server } from '../lib/server.mjs';

const kDay_ms = 86_400_000;
const daysAgo = (days) => new Date(Date.now() - days * kDay_ms).toISOString().slice(0, 10);
const rate = (pair, value, days) => ({ base: pair.slice(0, 3), quote: pair.slice(4), rate: value, date: daysAgo(days) });

let house, folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'geili-rates-'));
  house = await openHouse();
});
after(async () => {
  await house?.server.remove();
  await rm(folder, { recursive: true });
});

const record = (rates, source = 'ECB') => house.manager.expect(200, 'POST', '/exchange-rates', { source, rates });
async function way(base, quote) {
  const { items } = await house.visitor.expect(200, 'GET', `/exchange-rates?quote=${quote}&base=${base}`);
  return items[0];
}

test('without rates nobody is offered a currency', async () => {
  assert.deepEqual(await house.visitor.expect(200, 'GET', '/currencies'), { items: [] });
  const told = await house.visitor.expect(200, 'GET', '/exchange-rates?quote=USD');
  assert.deepEqual(told, { quote: 'USD', quote_digits: 2, items: [] });
});

test('what is recorded is told to anybody, with its day and source', async () => {
  assert.deepEqual(await record([rate('EUR/MXN', '21.2402', 2), rate('EUR/JPY', '181.020', 2)]), { added: 2, corrected: 0, unchanged: 0 });
  const { items } = await house.visitor.expect(200, 'GET', '/currencies');
  assert.deepEqual(items, [{ code: 'EUR', digits: 2 }, { code: 'JPY', digits: 0 }, { code: 'MXN', digits: 2 }]);
  const legs = [{ base: 'EUR', quote: 'JPY', rate: '181.02', date: daysAgo(2), source: 'ECB' }];
  assert.deepEqual(await house.visitor.expect(200, 'GET', '/exchange-rates?quote=JPY&base=EUR'),
    { quote: 'JPY', quote_digits: 0, items: [{ base: 'EUR', base_digits: 2, date: daysAgo(2), is_old: false, legs }] });
});

test('two rates that meet in a third currency lead there, and both days are told', async () => {
  await record([rate('EUR/CNY', '8.2079', 4)], 'Bank of the lake');
  const found = await way('CNY', 'MXN');
  assert.deepEqual([found.date, found.is_old], [daysAgo(4), false]);
  assert.deepEqual(found.legs.map((leg) => [leg.base, leg.quote, leg.date, leg.source]),
    [['EUR', 'CNY', daysAgo(4), 'Bank of the lake'], ['EUR', 'MXN', daysAgo(2), 'ECB']]);
  const all = await house.visitor.expect(200, 'GET', '/exchange-rates?quote=MXN');
  assert.deepEqual(all.items.map(({ base }) => base), ['CNY', 'EUR', 'JPY']);
});

test('an answer is kept by who asked, until there is another', async () => {
  const first = await house.visitor.get('/exchange-rates?quote=MXN');
  assert.equal(first.headers['cache-control'], 'public, max-age=300');
  const again = () => house.visitor.get('/exchange-rates?quote=MXN', { headers: { 'if-none-match': first.headers.etag } });
  assert.deepEqual([(await again()).status, (await again()).body.length], [304, 0]);
  const list = await house.visitor.get('/currencies');
  assert.equal((await house.visitor.get('/currencies', { headers: { 'if-none-match': list.headers.etag } })).status, 304);
  await record([rate('EUR/MXN', '21.25', 1)]);
  assert.equal((await again()).status, 200);
});

test('the same again changes nothing; another of the day is a correction, and both are kept', async () => {
  const usd = rate('EUR/USD', '1.1593', 1);
  await record([usd]);
  const count = async () => (await house.admin.expect(200, 'GET', '/exchange-rates/records?limit=100')).items.length;
  const before = await count();
  assert.deepEqual(await record([usd, { ...usd, rate: '1.15930' }]), { added: 0, corrected: 0, unchanged: 2 });
  assert.equal(await count(), before);
  assert.deepEqual(await record([{ ...usd, rate: '1.1539' }]), { added: 1, corrected: 1, unchanged: 0 });
  assert.equal((await way('EUR', 'USD')).legs[0].rate, '1.1539');
  const { items } = await house.admin.expect(200, 'GET', '/exchange-rates/records?limit=2');
  assert.deepEqual(items.map((one) => [one.rate, one.source]), [['1.1539', 'ECB'], ['1.1593', 'ECB']]);
  assert.equal(items[0].recorded_by.name, (await house.manager.expect(200, 'GET', '/session')).person.name);
});

test('a rate is old after a week and gone after thirty days', async () => {
  await record([rate('GBP/MXN', '24.2', 7), rate('GBP/CAD', '1.8', 8), rate('GBP/CHF', '1.06', 30), rate('GBP/SEK', '12.5', 31)]);
  assert.equal((await way('GBP', 'MXN')).is_old, false);
  assert.equal((await way('GBP', 'CAD')).is_old, true);
  assert.equal((await way('GBP', 'CHF')).is_old, true);
  assert.equal(await way('GBP', 'SEK'), undefined);
  const { items } = await house.visitor.expect(200, 'GET', '/currencies');
  assert.ok(items.some(({ code }) => code === 'CHF') && !items.some(({ code }) => code === 'SEK'));
});

test('who may not keep the rates records none and sees no records', async () => {
  for (const caller of ['seller', 'helper']) {
    await house[caller].expect(403, 'POST', '/exchange-rates', { source: 'ECB', rates: [rate('EUR/USD', '1', 0)] });
    await house[caller].expect(403, 'GET', '/exchange-rates/records');
  }
  const [deed] = (await house.admin.expect(200, 'GET', '/audit?limit=1')).items;
  assert.deepEqual([deed.action, deed.subject], ['rates-recorded', 'rates/4']);
  assert.match(deed.detail, /^ECB \d{4}-\d{2}-\d{2}: GBP\/MXN 24\.2, GBP\/CAD 1\.8/);
});

// The program itself, on the data of a server that is not running.
const run = (server, ...args) => spawnSync(kBinary, [...args, ...server.dataFlags], { encoding: 'utf8' });

test('the host imports a file by the command, and an export carries the rates', async () => {
  const server = await Server.start();
  try {
    const file = join(folder, 'eurofxref.csv');
    await writeFile(file, `Date, USD, MXN, XYZ, \n${daysAgo(1)}, 1.1593, 21.2402, 7, \n`);
    if (!kInPostgres) {
      const refused = run(server, 'rates', 'import', file);
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /rates\.file/);
    }
    await server.stop();
    const first = run(server, 'rates', 'import', file);
    assert.deepEqual([first.status, first.stdout], [0, 'ECB: 2 recorded, of them 0 corrections; 0 known already.\nLeft out, as Geili does not know them: XYZ.\n'], first.stderr);
    assert.match(run(server, 'rates', 'import', file).stdout, /^ECB: 0 recorded, of them 0 corrections; 2 known already/);
    await writeFile(file, `date,base,quote,rate\n${daysAgo(1)},USD,CNY,7.08\n${daysAgo(1)},USD,USD,1\n`);
    const faulty = run(server, 'rates', 'import', file, '--source', 'Bank');
    assert.deepEqual([faulty.status, faulty.stderr.split('\n')[1]], [1, '  line 3 quote is the currency itself']);
    // On PostgreSQL src/app/transfer_test.cpp does it.
    if (!kInPostgres) {
      const exported = join(folder, 'export.jsonl');
      const written = run(server, 'export', exported);
      assert.equal(written.status, 0, written.stderr);
      const text = await readFile(exported, 'utf8');
      assert.match(text, /"table":"exchange_rate"[^\n]*\n\[1,"EUR","USD",11593,4,/);
    }
    await server.start();
    const told = await new Client(server.url).expect(200, 'GET', '/exchange-rates?quote=USD&base=MXN');
    assert.deepEqual(told.items[0].legs.map(({ rate: value }) => value), ['21.2402', '1.1593']);
  } finally {
    await server.remove();
  }
});

test('a running server reads the file that its settings name', async () => {
  const file = join(folder, 'rates.csv');
  await writeFile(file, `date,base,quote,rate\n${daysAgo(0)},USD,CNY,7.08\n`);
  const server = await Server.start({ args: ['--rates-file', file, '--rates-source', 'Bank of the lake'] });
  try {
    const visitor = new Client(server.url);
    const told = await until('a rate', async () => (await visitor.expect(200, 'GET', '/exchange-rates?quote=CNY')).items[0]);
    assert.deepEqual([told.base, told.legs[0].source], ['USD', 'Bank of the lake']);
  } finally {
    await server.remove();
  }
});
