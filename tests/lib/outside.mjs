// What a shop shows the world outside: feeds, and frames on web sites of its choice.
import assert from 'node:assert/strict';
import { liveShow, newProduct } from './house.mjs';

export const kSite = 'https://www.example.com';

export async function outsideStory({ seller, shop, visitor }) {
  const product = await newProduct(seller, shop.id, { title: 'Lake & ring', stock: 2 });
  const show = await liveShow(seller, shop.id, [product]);
  const body = async (path) => {
    const answer = await visitor.get(path);
    assert.equal(answer.status, 200, path);
    return answer.body.toString();
  };
  assert.match(await body(`/shops/${shop.id}/products.rss`), /<title>Lake &amp; ring<\/title>/);
  assert.ok((await body(`/shops/${shop.id}/shows.rss`)).includes(`/shows/${show.id}</link>`));
  assert.ok((await body('/shows.rss')).includes(`/shows/${show.id}</link>`));
  assert.deepEqual(await seller.expect(200, 'PUT', `/shops/${shop.id}/embedding`, { origins: [kSite] }), { origins: [kSite] });
  assert.deepEqual(await seller.expect(200, 'GET', `/shops/${shop.id}/embedding`), { origins: [kSite] });
}
