// Two phones in two languages, and a host at a desk and behind the camera: a message is had in one's own language by a tap, or all are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gate } from '../lib/gate.mjs';
import { TranslatorStub } from '../lib/translator_stub.mjs';
import { graveFaults, kAxe } from './support/axe.mjs';
import { kDesktop } from './support/browser.mjs';
import { House } from './support/house.mjs';

const kLine_px = 24;
let translator, house, village, ana, li, host, camera;

async function phone(name, locale, words) {
  const one = await house.visitor({ locale });
  await one.page.addInitScript(kAxe);
  await one.page.goto(`${house.url}/shows/${village.show.id}`);
  one.words = words;
  one.talk = one.page.getByRole('log');
  one.box = one.page.locator('form.box');
  await one.page.locator('.bar button:enabled').last().waitFor();
  await one.box.getByRole('textbox').fill(`${name} 8`);
  await one.box.locator('button[type=submit]').click();
  const naming = one.page.getByRole('dialog');
  await naming.getByRole('textbox').fill(name);
  await naming.locator('button[type=submit]').click();
  await one.talk.getByText(`${name} 8`).waitFor();
  return one;
}
async function say(one, text) {
  await one.box.getByRole('textbox').fill(text);
  await one.box.locator('button[type=submit]').click();
  await one.talk.getByText(text, { exact: true }).waitFor();
}
const textIn = (one, text) => one.talk.locator('.text', { hasText: text });

before(async () => {
  translator = await TranslatorStub.start();
  house = await House.open({ hasCamera: true, args: translator.args });
  village = house.village;
  ana = await phone('Ana', 'es-MX', { tap: 'Traducir', original: 'Ver original' });
  li = await phone('Li', 'zh-CN', { tap: '翻译', original: '显示原文' });
  host = await house.signedIn(village.seller, { viewport: kDesktop });
  await host.page.addInitScript(kAxe);
  await host.page.goto(`${house.url}/studio/shows/${village.show.id}`);
  host.talk = host.page.getByRole('log', { name: 'Chat' });
  await host.talk.getByText('Ana 8').waitFor();
});
after(async () => {
  await house?.close();
  translator?.stop();
});

test('a message comes in the reader\'s language by a tap, in its place, and goes back', async () => {
  await say(ana, '¿Cuánto cuesta?');
  const text = textIn(li, '¿Cuánto cuesta?');
  await text.waitFor();
  assert.equal(await text.getAttribute('lang'), 'es');
  const tap = li.talk.getByRole('button', { name: '翻译 Ana：¿Cuánto cuesta?' });
  const { width, height } = await tap.boundingBox();
  assert.ok(width >= 44 && height >= 44, `${width} × ${height}`);
  const { opened, open } = gate();
  translator.hold = opened;
  const before = await text.boundingBox();
  await tap.press('Enter');
  await li.talk.getByText('正在翻译…').waitFor({ state: 'attached' });
  assert.deepEqual(await text.boundingBox(), before, 'nothing moves while it is under way');
  open();
  const translated = textIn(li, '[zh] ¿Cuánto cuesta?');
  await translated.waitFor();
  assert.equal(await translated.getAttribute('lang'), 'zh');
  assert.ok(Math.abs((await translated.boundingBox()).y - before.y) <= kLine_px);
  await li.talk.getByRole('button', { name: '显示原文：Ana' }).press('Space');
  await li.talk.getByText('¿Cuánto cuesta?', { exact: true }).waitFor();
  assert.equal(await textIn(ana, '¿Cuánto cuesta?').innerText(), '¿Cuánto cuesta?');
  assert.equal(await ana.talk.getByRole('button', { name: /Traducir Ana/ }).count(), 0, 'one reads one\'s own language');
  translator.hold = undefined;
});

test('what has no words has no button', async () => {
  await say(ana, '666 👍');
  await textIn(li, '666 👍').waitFor();
  assert.equal(await li.talk.getByRole('button', { name: /666/ }).count(), 0);
});

test('a translation is text, whatever it looks like', async () => {
  translator.answer = [200, JSON.stringify({ translatedText: '<img src=x onerror=alert(1)><b>真珠</b>' })];
  await say(ana, 'perlas <b>blancas</b>');
  await li.talk.getByRole('button', { name: '翻译 Ana：perlas <b>blancas</b>' }).click();
  await li.talk.getByText('<img src=x onerror=alert(1)><b>真珠</b>', { exact: true }).waitFor();
  assert.equal(await li.talk.locator('img, b').count(), 0);
  translator.answer = undefined;
});

test('a failure says what to do, and works again', async () => {
  translator.answer = [500, '{}'];
  await say(ana, 'Buenas noches');
  await li.talk.getByRole('button', { name: '翻译 Ana：Buenas noches' }).click();
  await li.talk.getByText('暂时无法翻译，请过一分钟再试。').waitFor();
  await li.talk.getByText('Buenas noches', { exact: true }).waitFor();
  translator.answer = undefined;
  await li.talk.getByRole('button', { name: '重试翻译 Ana 的消息' }).click();
  await textIn(li, '[zh] Buenas noches').waitFor();
});

test('all messages come in one\'s language, and the choice is kept on the device', async () => {
  await ana.page.getByRole('button', { name: 'Idioma del chat' }).click();
  const sheet = ana.page.getByRole('dialog');
  await sheet.getByLabel('Traducir todos los mensajes').check();
  assert.deepEqual(await graveFaults(ana.page), []);
  await ana.page.keyboard.press('Escape');
  await say(li, '这条多少钱？');
  await textIn(ana, '[es] 这条多少钱？').waitFor();
  await ana.page.reload();
  await textIn(ana, '[es] 这条多少钱？').waitFor();
  assert.equal(translator.calls.filter(({ q, target }) => q === '这条多少钱？' && target === 'es').length, 1);
  await ana.talk.getByRole('button', { name: 'Ver original de Li' }).last().click();
  await ana.talk.getByText('这条多少钱？', { exact: true }).waitFor();
});

test('the host has it at the desk, too', async () => {
  await host.talk.getByRole('button', { name: 'Translate Li: 这条多少钱？' }).click();
  await textIn(host, '[en] 这条多少钱？').waitFor();
  assert.deepEqual(await graveFaults(host.page), []);
  assert.deepEqual(await graveFaults(li.page), []);
});

test('and behind the camera: by a tap, or all that comes', async () => {
  camera = await house.signedIn(village.seller);
  await camera.page.goto(`${house.url}/studio/shows/${village.show.id}/camera`);
  camera.talk = camera.page.getByRole('log', { name: 'Chat' });
  await camera.talk.getByRole('button', { name: 'Translate Li: 这条多少钱？' }).click();
  await textIn(camera, '[en] 这条多少钱？').waitFor();
  await camera.page.getByRole('button', { name: 'Language of the chat' }).click();
  await camera.page.getByRole('dialog').getByLabel('Translate all messages').check();
  await camera.page.keyboard.press('Escape');
  await say(ana, '¿Es de plata?');
  await textIn(camera, '[en] ¿Es de plata?').waitFor();
});

test('nothing was complained of', async () => {
  for (const one of [ana, li, host, camera]) assert.deepEqual(await one.faults(/503/), []);
});
