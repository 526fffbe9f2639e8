// The tools of a live show, one after another: each on the host's phone, and on the phone of a buyer who has just come.
// What was begun is ended before the next, so that each picture shows one thing.
import { newDevice, newKey } from '../../tests/lib/house.mjs';
import { Room } from '../../tests/lib/websocket.mjs';
import { kLongPhone } from './demo.mjs';

const kVoices = ['Ana', 'Rosa', 'Bo'];

const say = (room, text) => room.send({ type: 'chat', text, lang: 'en' });

async function chatOrder({ demo, album, voices }) {
  const { page } = await demo.viewer('Mina');
  say(voices.Rosa, '2 x 4');
  await page.getByText('takes 2 of no. 4').first().waitFor();
  await page.getByRole('button', { name: /^Bag/ }).click();
  await page.getByRole('dialog').getByText('Write “2 x 1” in the chat').waitFor();
  await album.take(page, 'chat-order-phone');
  await page.context().close();
}

async function deal({ demo, album, desk, path }) {
  const buyer = await demo.viewer('Mina');
  await desk.getByRole('button', { name: `Deal on ${demo.necklace.title}`, exact: true }).click();
  const start = desk.getByRole('dialog').getByRole('button', { name: /^Start: / });
  await start.waitFor();
  await album.takeSheet(desk, 'deal-sheet-phone');
  await start.click();
  await buyer.pinned.getByText(/^Deal: \d+ left/).waitFor();
  await album.take(buyer.page, 'deal-phone');
  const [{ id }] = (await demo.lin.expect(200, 'GET', `${path}/deals`)).items;
  await demo.lin.expect(200, 'DELETE', `${path}/deals/${id}`);
  await buyer.page.context().close();
}

async function coupon({ demo, album, desk }) {
  const studio = await demo.page({ client: demo.lin });
  await studio.goto(`${demo.url}/studio/coupons`);
  await studio.getByRole('button', { name: 'New coupon' }).click();
  const sheet = studio.getByRole('dialog');
  for (const [field, text] of Object.entries({ 'Name': 'Autumn harvest', 'Amount off (CNY)': '30', 'Goods from (CNY)': '200', 'How many there are': '100' })) {
    await sheet.getByLabel(field).fill(text);
  }
  await album.takeSheet(studio, 'coupon-sheet-phone');
  await sheet.getByRole('button', { name: 'Give it out' }).click();
  const { page } = await demo.viewer('Mina');
  await page.getByRole('region', { name: 'Coupon' }).getByText('Autumn harvest').waitFor();
  await album.take(page, 'coupon-phone');
  const offers = `/shops/${demo.show.shop.id}/coupons`;
  const [{ id }] = (await demo.lin.expect(200, 'GET', offers)).items;
  await demo.lin.expect(200, 'DELETE', `${offers}/${id}`);
  for (const one of [page, studio]) await one.context().close();
}

async function packet({ demo, album, desk, path, people }) {
  await desk.getByRole('button', { name: 'Give a red packet' }).click();
  const sheet = desk.getByRole('dialog');
  await sheet.getByLabel('Sum (CNY)').fill('66');
  await sheet.getByRole('button', { name: '5 min' }).click();
  await album.takeSheet(desk, 'packet-sheet-phone');
  await sheet.getByRole('button', { name: 'Give it now' }).click();
  await sheet.waitFor({ state: 'hidden' });
  const [{ id }] = (await demo.lin.expect(200, 'GET', `${path}/red-packets`)).items;
  for (const one of [people.Ana, people.Rosa]) await one.expect(201, 'POST', `/red-packets/${id}/envelope`);
  const { page } = await demo.viewer('Mina');
  await page.getByRole('region', { name: 'Red packet' }).getByText('8 left').waitFor();
  await album.take(page, 'packet-phone');
  await demo.lin.expect(200, 'DELETE', `/red-packets/${id}`);
  await page.context().close();
}

async function auction({ demo, album, desk, path, people }) {
  await desk.getByRole('button', { name: 'Begin an auction' }).click();
  const sheet = desk.getByRole('dialog');
  await sheet.getByLabel('What').selectOption({ label: demo.product('Peacock').title });
  await sheet.getByLabel('Starting price').fill('600');
  await sheet.getByLabel('Step').fill('50');
  await sheet.getByRole('button', { name: '5 min' }).click();
  await album.takeSheet(desk, 'auction-sheet-phone');
  await sheet.getByRole('button', { name: 'Begin', exact: true }).click();
  await desk.getByText('No bid yet').waitFor();
  const [{ id }] = (await demo.lin.expect(200, 'GET', `${path}/auctions`)).items;
  for (const [name, amount_minor] of [['Ana', 60_000], ['Rosa', 65_000]]) {
    await people[name].expect(201, 'POST', `/auctions/${id}/bids`, { amount_minor }, { headers: { 'idempotency-key': newKey() } });
  }
  const { page } = await demo.viewer('Mina');
  await page.getByRole('region', { name: 'Auction', exact: true }).getByText('Rosa leads').waitFor();
  await album.take(page, 'auction-phone');
  await demo.lin.expect(200, 'DELETE', `/auctions/${id}`);
  await page.context().close();
}

async function draw({ demo, album, desk, path, people }) {
  await desk.getByRole('button', { name: 'Begin a lucky draw' }).click();
  const sheet = desk.getByRole('dialog');
  await sheet.getByLabel('What is given').selectOption({ label: demo.product('Stud').title });
  await sheet.getByRole('group', { name: 'Winners' }).getByRole('button').last().click();
  await sheet.getByRole('button', { name: '3 minutes' }).click();
  await album.takeSheet(desk, 'draw-sheet-phone');
  await sheet.getByRole('button', { name: 'Begin', exact: true }).click();
  await desk.getByText('0 are in it').waitFor();
  const [{ id }] = (await demo.lin.expect(200, 'GET', `${path}/draws`)).items;
  await people.Ana.expect(200, 'POST', `/draws/${id}/entry`);
  const { page } = await demo.viewer('Mina', { viewport: kLongPhone });
  const card = page.getByRole('region', { name: 'Lucky draw' });
  await card.getByRole('button', { name: 'I want to be in it' }).waitFor();
  await album.take(page, 'draw-phone');
  await card.getByRole('button', { name: 'I want to be in it' }).click();
  await card.getByText('You are in it: no. 2').waitFor();
  await desk.getByRole('button', { name: 'Draw now' }).click();
  await card.getByText('You won!').waitFor();
  await album.take(page, 'draw-won-phone');
  await page.context().close();
}

async function script({ demo, album, desk, path }) {
  const of = demo.product('Lavender');
  const { beats } = await demo.lin.expect(200, 'PUT', `${path}/script`, { beats: [
    { kind: 'opening', product_id: of.id, text: 'Look at this one: {title}. Nobody has dyed it.' },
    { kind: 'story', product_id: of.id, text: 'The mussels of the north bank make this colour, and nobody quite knows why.' },
    { kind: 'price', product_id: of.id, text: 'It is {price} this morning, with its silver clasp.' },
    { kind: 'urgency', product_id: of.id, text: 'There are {stock} of it. When they are gone, they are gone.' },
    { kind: 'close', product_id: of.id, text: 'Tap Buy now, and I pack it tonight.' },
  ] });
  await desk.goto(`${demo.desk()}/script`);
  for (const beat of beats.slice(0, 3)) await demo.lin.expect(200, 'POST', `${path}/script/${beat.id}/begin`, { pin: true });
  await desk.reload();
  await desk.getByRole('region', { name: 'Read this out' }).getByText('this morning').waitFor();
  await desk.waitForLoadState('networkidle');
  await album.take(desk, 'teleprompter-phone', { at: desk.getByRole('timer') });
  await demo.lin.expect(200, 'PUT', `${path}/pin`, { product_id: demo.necklace.id });
}

async function safeChat({ demo, album, desk, voices }) {
  const words = 'Much cheaper in my shop!';
  say(voices.Bo, words);
  await desk.goto(demo.desk());
  await desk.getByRole('button', { name: 'Chat', exact: true }).first().click();
  await desk.getByRole('button', { name: `Silence Bo: ${words}` }).click();
  await album.take(desk, 'silence-phone');
  await desk.keyboard.press('Escape');
  await desk.getByRole('button', { name: 'Safe chat' }).click();
  await desk.getByRole('dialog').getByLabel('Slow mode').waitFor();
  await album.takeSheet(desk, 'safe-chat-phone');
  await desk.keyboard.press('Escape');
}

async function questions({ demo, album, desk, path, voices }) {
  const words = 'Can I wear it in the sea?';
  const { items } = await demo.lin.expect(200, 'GET', `${path}/questions`);
  for (const { seq } of items.filter(({ answered_at }) => !answered_at)) await demo.lin.expect(204, 'POST', `${path}/messages/${seq}/answer`);
  say(voices.Ana, words);
  await desk.getByRole('button', { name: /^Questions/ }).first().click();
  await desk.getByText(words).waitFor();
  await album.take(desk, 'questions-phone', { at: desk.getByRole('group', { name: 'Parts of the desk' }) });
}

export async function playPictures(demo, album) {
  const people = {};
  const voices = {};
  for (const name of kVoices) {
    people[name] = await newDevice(demo.url, name);
    voices[name] = await Room.join(people[name], demo.show.id);
  }
  const desk = await demo.page({ client: demo.lin });
  await desk.goto(demo.desk());
  const stage = { demo, album, desk, people, voices, path: `/shows/${demo.show.id}` };
  for (const play of [chatOrder, deal, coupon, packet, auction, draw, script, safeChat, questions]) await play(stage);
  await desk.context().close();
  for (const room of Object.values(voices)) room.drop();
}
