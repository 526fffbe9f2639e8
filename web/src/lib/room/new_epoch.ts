/** Notices that a room began anew: whoever comes back then may have missed news, and fetches again what it told. */
import type { Room } from './room.svelte';

export class NewEpoch {
  readonly #room: Pick<Room, 'state'>;
  #epoch = '';

  constructor(room: Pick<Room, 'state'>) {
    this.#room = room;
  }

  /** True once for each time it began anew since it was first known. Reads the room's state: for an effect. */
  seen(): boolean {
    const { epoch } = this.#room.state;
    if (epoch === '' || epoch === this.#epoch) return false;
    const isAnew = this.#epoch !== '';
    this.#epoch = epoch;
    return isAnew;
  }
}
