/** What each role sees of the studio. The server decides; this only spares people doors that stay shut. */
import type { Role } from '$lib/api/types';

export type StudioPart = 'products' | 'edit_products' | 'run_shows' | 'cancel_orders' | 'people' | 'shop' | 'create_shop'
  | 'books' | 'keep_books' | 'audit' | 'take_payments' | 'set_payments' | 'webhooks' | 'restreams' | 'rates';

const kParts: Record<Role, readonly StudioPart[]> = {
  admin: ['products', 'edit_products', 'run_shows', 'cancel_orders', 'people', 'shop', 'create_shop', 'books', 'keep_books', 'audit', 'take_payments', 'set_payments', 'webhooks', 'restreams', 'rates'],
  manager: ['products', 'edit_products', 'run_shows', 'cancel_orders', 'people', 'shop', 'create_shop', 'books', 'keep_books', 'take_payments', 'set_payments', 'webhooks', 'restreams', 'rates'],
  seller: ['products', 'edit_products', 'run_shows', 'cancel_orders', 'people', 'shop', 'books', 'take_payments', 'webhooks', 'restreams'],
  helper: ['products'],
};

export function sees(role: Role | undefined, part: StudioPart): boolean {
  return role !== undefined && kParts[role].includes(part);
}

/** Whom a role may invite. */
export function invitableRoles(role: Role | undefined): Role[] {
  if (role === 'admin') return ['seller', 'helper', 'manager', 'admin'];
  if (role === 'manager') return ['seller', 'helper'];
  return role === 'seller' ? ['helper'] : [];
}

/** For whom a role may make a sign-in link. */
export function mayLetIn(role: Role | undefined, whom: Role): boolean {
  return role === 'admin' || (role === 'manager' && (whom === 'seller' || whom === 'helper'));
}

/** Whether the people of every shop, and all shops, are in sight. */
export function isOfTheHouse(role: Role | undefined): boolean {
  return role === 'admin' || role === 'manager';
}
