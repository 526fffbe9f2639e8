/** The buyer's device: made on the first tap to buy or the first word in a chat, never before. */
import { api } from '$lib/api/client';
import { readStored, writeStored } from './storage';

const kNameKey = 'chat_name';
let name = $state(readStored(kNameKey) ?? '');

export const device = {
  /** Shown in the chat; empty until chosen. */
  get name(): string {
    return name;
  },
};

const kKnownKey = 'device';

/** Whether this browser has ever asked for a device. */
export function isDeviceKnown(): boolean {
  return readStored(kKnownKey) !== null;
}

let ready: Promise<void> | undefined;

/** Makes sure that the browser has a device cookie. */
export function ensureDevice(): Promise<void> {
  ready ??= api.post('/device', { body: name ? { name } : {} }).then(
    () => writeStored(kKnownKey, '1'),
    (error: unknown) => {
      ready = undefined;
      throw error;
    },
  );
  return ready;
}

export async function nameDevice(chosen: string): Promise<void> {
  await api.post('/device', { body: { name: chosen } });
  name = chosen;
  writeStored(kNameKey, chosen);
  writeStored(kKnownKey, '1');
  ready = Promise.resolve();
}

/** The cookie is gone, e.g. cleared by the browser: the next `ensureDevice` asks for a new one. */
export function forgetDevice(): void {
  ready = undefined;
}
