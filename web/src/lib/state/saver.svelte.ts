/** Whether this device saves data: as it was chosen here, else as the browser says of itself. */
import { isSaving } from './saver_choice';
import { readStored, writeStored } from './storage';

const kStorageKey = 'saver';

let isOn = $state(isSaving(readStored(kStorageKey), navigator));

export const saver = {
  get isOn(): boolean {
    return isOn;
  },
  /** Remembered from now on, whatever the browser says. */
  set(next: boolean): void {
    isOn = next;
    writeStored(kStorageKey, next ? 'on' : 'off');
  },
};
