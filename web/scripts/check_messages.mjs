// Holds the languages together: the same keys and placeholders in each, plural forms that the language has, every key
// used somewhere and every used key present, and no text for people outside the message files.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';

const kWeb = fileURLToPath(new URL('..', import.meta.url));
const kSource = join(kWeb, 'src');
const kMessages = join(kSource, 'lib/i18n/messages');
const kLocales = readdirSync(kMessages).sort();
const kBundles = ['shop', 'studio'];
const kPluralOne = new Set(['en', 'es', 'fr']);
/** Built at run time from a code of the server or an enum of the contract. */
const kDynamicPrefixes = ['problem.', 'pay.method_', 'pay.state_', 'field.', 'order.status_', 'chat.role_', 'role.', 'invitation.status_', 'warning.', 'show.status_', 'ingest.', 'camera.fault_', 'camera.todo_', 'camera.link_', 'camera.hint_', 'claims.what_',
  'address.', 'parcel.state_', 'return.state_', 'return.reason_', 'return.wish_', 'parcels.layout_',
  'books.kind_', 'books.purpose_', 'bank.scheme_', 'payout.status_', 'payout.line_', 'payout.why_', 'audit.did_', 'money.problem_', 'payments.provider_', 'payments.about_', 'payments.check_',
  'webhooks.delivery_', 'webhooks.error_', 'webhooks.off_', 'webhooks.state_', 'restream.reason_', 'restream.state_', 'restream.url_fault_', 'chat.quiet_', 'safechat.kind_', 'safechat.timeout_', 'safechat.words_', 'script.kind_', 'script.propose_',

  'coupon.fault_', 'coupon.is_', 'coupon.kind_'];
/** Chinese has signs of its own for these. */
const kLatinSign = /\p{Script=Han}[,:;?!]/u;
const kTextAttributes = new Set(['aria-label', 'placeholder', 'title', 'alt', 'label', 'text', 'hint', 'action']);
/** Where one sentence in every language at once stands for the messages that could not be fetched. */
const kSpokenEverywhere = new Set(['src/routes/+error.svelte']);
const faults = [];

const read = (locale, bundle) => JSON.parse(readFileSync(join(kMessages, locale, `${bundle}.json`), 'utf8'));
const formsOf = (message) => (typeof message === 'string' ? { other: message } : message);
const placeholdersOf = (message) => [...new Set(Object.values(formsOf(message)).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort().join(' ');

function checkMessage(where, locale, message, english) {
  const forms = formsOf(message);
  if (!forms.other?.trim()) faults.push(`${where}: empty`);
  if (typeof message === 'object' && kPluralOne.has(locale) && !forms.one) faults.push(`${where}: no form for one`);
  if (Object.values(forms).some((text) => kLatinSign.test(text))) faults.push(`${where}: a sign of Latin text after Chinese`);
  if (placeholdersOf(message) !== placeholdersOf(english)) {
    faults.push(`${where}: has ${placeholdersOf(message) || 'no placeholder'}, English has ${placeholdersOf(english) || 'none'}`);
  }
}

function checkBundle(bundle) {
  const english = read('en', bundle);
  const keys = Object.keys(english);
  for (const locale of kLocales) {
    const messages = read(locale, bundle);
    for (const key of keys) {
      if (messages[key] === undefined) faults.push(`${locale}/${bundle}.json: ${key} is missing`);
      else checkMessage(`${locale}/${bundle}.json: ${key}`, locale, messages[key], english[key]);
    }
    for (const key of Object.keys(messages)) if (!(key in english)) faults.push(`${locale}/${bundle}.json: ${key} is not in English`);
    if (keys.join() !== [...keys].sort().join() && locale === 'en') faults.push(`en/${bundle}.json: keys are not sorted`);
  }
  return keys;
}

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (/\.(?:svelte|ts)$/.test(entry.name) && !/\.(?:test|d)\.ts$/.test(entry.name)) yield path;
  }
}

/** Text nodes and text attributes of a template that hold letters. */
function checkTemplate(name, source) {
  const visit = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(visit);
    if (node.type === 'Text' && /\p{L}/u.test(node.data)) faults.push(`${name}: text outside the messages: "${node.data.trim()}"`);
    if (node.type === 'StyleDirective') return;
    if (node.type === 'Attribute') {
      const isText = kTextAttributes.has(node.name) && Array.isArray(node.value);
      for (const part of isText ? node.value : []) {
        if (part.type === 'Text' && /\p{L}/u.test(part.data)) faults.push(`${name}: ${node.name}="${part.data}" outside the messages`);
      }
      return;
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'parent' && key !== 'metadata') visit(value);
  };
  visit(parse(source, { modern: true, filename: name }).fragment);
}

const known = new Set(kBundles.flatMap(checkBundle));
const used = new Set();
for (const path of sourceFiles(kSource)) {
  const source = readFileSync(path, 'utf8');
  const name = relative(kWeb, path);
  for (const [, key] of source.matchAll(/['"`]([a-z_]+\.[a-z_-]+)['"`]/g)) if (known.has(key)) used.add(key);
  for (const [, key] of source.matchAll(/\bt\(\s*'([^']+)'/g)) if (!known.has(key)) faults.push(`${name}: t('${key}') has no message`);
  if (path.endsWith('.svelte') && !kSpokenEverywhere.has(name)) checkTemplate(name, source);
}
for (const key of known) {
  if (!used.has(key) && !kDynamicPrefixes.some((prefix) => key.startsWith(prefix))) faults.push(`${key} is not used`);
}

for (const fault of faults) console.error(fault);
console.log(`${known.size} messages in ${kLocales.length} languages: ${faults.length === 0 ? 'complete' : `${faults.length} faults`}`);
process.exitCode = faults.length === 0 ? 0 : 1;
