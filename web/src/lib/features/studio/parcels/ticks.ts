/** What was put into which box, remembered on this phone while it is packed. */
import { readStoredJson, writeStoredJson } from '$lib/state/storage';

const kKey = 'packing';
const kParcelsMax = 200;

type Ticks = Record<string, string[]>;

function isTicks(value: unknown): value is Ticks {
  return typeof value === 'object' && value !== null
    && Object.values(value).every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string'));
}

export function readTicks(parcel: string): string[] {
  return readStoredJson(kKey, isTicks)?.[parcel] ?? [];
}

export function writeTicks(parcel: string, ticks: string[]): void {
  const { [parcel]: _, ...others } = readStoredJson(kKey, isTicks) ?? {};
  const kept = Object.entries(others).slice(-(kParcelsMax - 1));
  writeStoredJson(kKey, Object.fromEntries(ticks.length > 0 ? [...kept, [parcel, ticks]] : kept));
}
