// What whoever hosts the server meets in the web application.
import { join, kPassword, newDevice, setUp } from '../../tests/lib/house.mjs';
import { Room } from '../../tests/lib/websocket.mjs';

async function setUpPicture(demo, album) {
  const page = await demo.page();
  await page.goto(demo.address.setup_url);
  await page.getByLabel('Your name').fill('Mei');
  await page.getByLabel('Sign-in name').fill('mei');
  await page.getByLabel('Password').first().fill(kPassword);
  await album.take(page, 'setup-phone');
  await page.context().close();
}

async function peoplePictures(demo, album, admin) {
  await join(admin, { role: 'manager', name: 'Hua' });
  await join(admin, { role: 'helper', name: 'Xiao', shop_id: demo.show.shop.id });
  await admin.expect(201, 'POST', '/invitations', { role: 'seller', name: 'Tomás' });
  const page = await demo.page({ client: admin });
  await page.goto(`${demo.url}/studio/people`);
  await page.getByText('demo-lin').waitFor();
  await album.take(page, 'people-phone');
  await page.getByRole('button', { name: 'New sign-in link for Lin' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
  await page.getByRole('dialog').getByText('Let Lin scan the code').waitFor();
  await album.take(page, 'sign-in-link-phone');
  await page.goto(`${demo.url}/studio/audit`);
  await page.getByRole('listitem').first().waitFor();
  await album.take(page, 'audit-phone');
  await page.context().close();
}

/** Afterwards buyers are offered other currencies. */
export async function ratesPicture(demo, album, admin) {
  const date = new Date().toISOString().slice(0, 10);
  const rates = [['CNY', '8.2301'], ['MXN', '21.2402'], ['USD', '1.1594']].map(([quote, rate]) => ({ date, base: 'EUR', quote, rate }));
  await admin.expect(200, 'POST', '/exchange-rates', { source: 'ECB', rates });
  const page = await demo.page({ client: admin });
  await page.goto(`${demo.url}/studio/rates`);
  await page.getByText('1 EUR = 21.2402 MXN').waitFor();
  await album.take(page, 'rates-phone', { at: page.getByRole('heading', { name: 'What was recorded' }) });
  await page.context().close();
}

async function paymentsPicture(demo, album, admin) {
  const page = await demo.page({ client: admin });
  await page.goto(`${demo.url}/studio/payments`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Practice').first().waitFor();
  await album.take(page, 'payments-phone');
  await page.context().close();
}

async function webhookPicture(demo, album) {
  const page = await demo.page({ client: demo.lin });
  await page.goto(`${demo.url}/studio/webhooks`);
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Address').fill('https://stock.example.com/geili');
  await sheet.getByLabel('What it is for').fill('Stock list');
  await album.takeSheet(page, 'webhook-sheet-phone');
  await page.context().close();
}

// Rosa's page is in Spanish, and Ana reads her in English.
async function translationPicture(demo, album) {
  const words = '¿Cuánto cuesta el envío a México?';
  demo.translator.answer = [200, JSON.stringify({ translatedText: 'How much is shipping to Mexico?' })];
  const { page, talk } = await demo.viewer('Ana');
  const rosa = await Room.join(await newDevice(demo.url, 'Rosa'), demo.show.id);
  rosa.send({ type: 'chat', text: words, lang: 'es' });
  await talk.getByRole('button', { name: `Translate Rosa: ${words}` }).click();
  await talk.getByText('How much is shipping to Mexico?').waitFor();
  await album.take(page, 'translation-phone');
  rosa.drop();
  await page.context().close();
}

/** While the show is on. Gives the administrator. */
export async function hostPictures(demo, album) {
  await setUpPicture(demo, album);
  const admin = await setUp(demo, 'Mei');
  await peoplePictures(demo, album, admin);
  await paymentsPicture(demo, album, admin);
  await webhookPicture(demo, album);
  await translationPicture(demo, album);
  return admin;
}
