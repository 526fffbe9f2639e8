import { expect, test } from 'vitest';
import { NewEpoch } from './new_epoch';
import { emptyRoom } from './room_state';

test('a room that began anew is seen once, and never the one that was joined first', () => {
  const room = { state: emptyRoom() };
  const epochs = new NewEpoch(room);
  const seen = ['', 'a', 'a', '', 'a', 'b', 'b', 'a'].map((epoch) => {
    room.state = { ...room.state, epoch };
    return epochs.seen();
  });
  expect(seen).toEqual([false, false, false, false, false, true, false, true]);
});
