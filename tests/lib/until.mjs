// Waiting for what no event tells.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const kWaitMax_ms = 30_000;

// Asks until `ask()` gives something.
export async function until(what, ask, max_ms = kWaitMax_ms) {
  for (const end = Date.now() + max_ms; Date.now() < end; await pause(100)) {
    const found = await ask();
    if (found) return found;
  }
  throw new assert.AssertionError({ message: `${what}: not in time` });
}
