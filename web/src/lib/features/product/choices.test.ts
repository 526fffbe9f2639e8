import { describe, expect, it } from 'vitest';
import type { Photo, Product } from '$lib/api/types';
import { choicesOf, isPriceRange, photosOf } from './choices';

const photo = (id: string): Photo => ({ id, width: 1, height: 1, small: `/photos/${id}/small.webp`, medium: '', large: '' });
const yuan = (minor: number) => ({ minor, currency: 'CNY' });

const chain: Product = {
  id: '1', shop_id: '1', kind: 'parent', title: 'Chain', description: '', price: yuan(700), price_max: yuan(900), stock: 3,
  hidden: false, removed: false, weight_g: 0, photos: [photo('10')], version: 1,
  variants: [
    { id: '2', name: '45 cm', price: yuan(700), stock: 3, weight_g: 0, photos: [], version: 1 },
    { id: '3', name: '60 cm', price: yuan(900), stock: 0, weight_g: 0, photos: [photo('30')], version: 1 },
  ],
};

describe('variants of a product', () => {
  it('are cards under their whole title, with the newest stock', () => {
    const [short, long] = choicesOf(chain, { 3: 5 });
    expect(short?.card).toEqual({ product_id: '2', title: 'Chain · 45 cm', price: yuan(700), photo: '/photos/10/small.webp', available: 3 });
    expect(long?.card).toMatchObject({ photo: '/photos/30/small.webp', available: 5 });
  });

  it('are shown with the photos of the product while they have none', () => {
    expect(photosOf(chain, chain.variants?.[0])).toEqual(chain.photos);
    expect(photosOf(chain, chain.variants?.[1])[0]?.id).toBe('30');
    expect(photosOf(chain, undefined)).toEqual(chain.photos);
  });

  it('have a range of prices only where these differ', () => {
    expect(isPriceRange(chain)).toBe(true);
    expect(isPriceRange({ ...chain, price_max: yuan(700) })).toBe(false);
    expect(isPriceRange({ ...chain, kind: 'single', price_max: undefined })).toBe(false);
  });
});
