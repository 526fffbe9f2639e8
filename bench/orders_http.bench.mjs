// Orders over HTTP on one hot item: orders/s, p99, and how many were sold that were not there.
import { withShopServer } from './shop_server.mjs';

await withShopServer(async ({ addProduct, load, show }) => {
  const hot = await addProduct(1_000_000);
  const scarce = await addProduct(500);
  await load('load_orders_http', ['--product', hot, '--scarce', scarce, '--show', show]);
});
