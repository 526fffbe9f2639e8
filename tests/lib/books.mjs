// Payouts as managers make them.
import { kBankAccount } from './access_table.mjs';
import { newKey } from './house.mjs';

// Whatever batch is open is called off, or paid: another may be opened then.
export async function endPayouts(manager) {
  const { items } = await manager.expect(200, 'GET', '/payouts');
  for (const { id, status } of items) {
    if (status === 'draft') await manager.expect(200, 'POST', `/payouts/${id}/cancel`);
    if (status === 'approved') await manager.expect(200, 'POST', `/payouts/${id}/paid`);
  }
}

// The co-operative owes the shop an amount more.
export const owe = (manager, shop_id, amount_minor, key = newKey()) => manager.expect(201, 'POST', `/shops/${shop_id}/book-entries`,
  { kind: 'adjustment', amount_minor, memo: 'For the stall at the fair' }, { headers: { 'idempotency-key': key } });

// The shop has something due and an account to send it to, and no batch is open.
export async function makeDue(manager, seller, shop_id) {
  await endPayouts(manager);
  await seller.expect(200, 'PUT', `/shops/${shop_id}/bank-account`, kBankAccount);
  await owe(manager, shop_id, 500);
}

// A batch with a line for the shop, after these moves.
export async function payoutOf(manager, seller, shop_id, moves = []) {
  await makeDue(manager, seller, shop_id);
  let { batch } = await manager.expect(201, 'POST', '/payouts', { currency: 'CNY' });
  for (const move of moves) batch = await manager.expect(200, 'POST', `/payouts/${batch.id}/${move}`);
  return batch;
}
