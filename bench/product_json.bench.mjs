// A product's JSON from the real server.
import { withShopServer } from './shop_server.mjs';

await withShopServer(async ({ necklace, load }) => {
  await load('load_product_json', ['--product', necklace.id]);
});
