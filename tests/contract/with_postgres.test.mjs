// What ./dev test runs beside PostgreSQL is red or green as its tests are.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const beside = fileURLToPath(new URL('../lib/with_postgres.mjs', import.meta.url));

const statusOf = (...command) =>
  new Promise((resolve) => execFile(process.execPath, [beside, ...command], (error) => resolve(error?.code ?? 0)));

for (const status of [0, 7]) {
  test(`a program that ends with ${status} beside PostgreSQL is told as ${status}`, async () => {
    assert.equal(await statusOf('sh', '-c', `exit ${status}`), status);
  });
}
