// What a show is without its tools: the page of a buyer and the order, the desk, the products, the orders.
import { kDesktop, kPhone, playing } from './demo.mjs';

const kTalk = [['Ana', 'How long is the classic one?'], ['Rosa', 'The clasp is silver?'], ['Wei', 'Good morning from Lyon!']];

async function buyersPictures(demo, album) {
  let wei;
  for (const [name, text] of kTalk) {
    if (wei) await wei.page.context().close();
    wei = await demo.viewer(name);
    await wei.say(text);
    await wei.hears(text);
  }
  const { page, client, pinned, sheet } = wei;
  const { token } = await demo.order(client, 'Wei', [[demo.necklace, 1]]);
  await page.getByText('Wei').first().waitFor();
  await album.take(page, 'show-phone');
  await pinned.getByRole('button', { name: 'Buy' }).click();
  await sheet.getByText('Yours for').waitFor();
  await album.take(page, 'buy-phone');
  await page.goto(`${demo.url}/order#${token}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await album.take(page, 'order-phone');
  await page.context().close();
}

async function widePictures(demo, album) {
  const show = await demo.viewer('Mina', { viewport: kDesktop });
  await playing(show.page, 2);
  await album.take(show.page, 'show-desktop');
  await show.page.context().close();
  const page = await demo.page({ client: demo.lin, viewport: kDesktop });
  await page.goto(demo.desk());
  await playing(page);
  await album.take(page, 'host-desk');
  await page.context().close();
}

async function sellersPictures(demo, album) {
  const page = await demo.page({ client: demo.lin, viewport: kPhone });
  const at = async (path) => {
    await page.goto(demo.url + path);
    await page.waitForLoadState('networkidle');
  };
  await page.goto(demo.desk());
  await playing(page);
  await album.take(page, 'desk-phone');
  await at('/studio/orders');
  await album.take(page, 'orders-phone', { at: page.getByRole('article').first() });
  await at('/studio/products');
  await album.take(page, 'products-phone');
  await page.getByRole('button', { name: 'New product' }).click();
  await page.locator('dialog[open] form').waitFor();
  await album.takeSheet(page, 'new-product-phone');
  await page.context().close();
}

export async function showPictures(demo, album) {
  await buyersPictures(demo, album);
  await widePictures(demo, album);
  await sellersPictures(demo, album);
}
