/** The viewer's language: remembered on the device, switched without a reload. */
import { kLocaleTags, pickLocale, type Locale } from './locale';
import { fillMessage, type Message, type Params } from './message';
import type shopMessages from './messages/en/shop.json';
import type studioMessages from './messages/en/studio.json';
import { readStored, writeStored } from '$lib/state/storage';

type Bundle = 'shop' | 'studio';
export type MessageKey = keyof typeof shopMessages | keyof typeof studioMessages;
type Messages = Partial<Record<MessageKey, Message>>;

const kStorageKey = 'language';
const files = import.meta.glob<Messages>('./messages/*/*.json', { import: 'default' });

let current = $state.raw<{ locale: Locale; messages: Messages }>({ locale: 'en', messages: {} });
const bundles = new Set<Bundle>();

async function load(locale: Locale, wanted: Iterable<Bundle>): Promise<Messages> {
  const parts = await Promise.all(
    [...wanted].map((bundle) => files[`./messages/${locale}/${bundle}.json`]!()),
  );
  return Object.assign({}, ...parts) as Messages;
}

/** Loads the messages of a part of the site; pages of that part are shown after it. */
export async function useMessages(bundle: Bundle): Promise<void> {
  if (bundles.has(bundle)) return;
  const locale =
    bundles.size > 0 ? current.locale : pickLocale(readStored(kStorageKey), navigator.languages);
  const added = await load(locale, [bundle]);
  bundles.add(bundle);
  current = { locale, messages: { ...current.messages, ...added } };
  document.documentElement.lang = kLocaleTags[locale];
}

/** Switches the language, and remembers it. Rejects when the messages cannot be fetched; nothing is switched then. */
export async function switchLocale(locale: Locale): Promise<void> {
  const messages = await load(locale, bundles);
  current = { locale, messages };
  writeStored(kStorageKey, locale);
  document.documentElement.lang = kLocaleTags[locale];
}

export function locale(): Locale {
  return current.locale;
}

/** The viewer's BCP 47 tag, for Intl. */
export function localeTag(): string {
  return kLocaleTags[current.locale];
}

/** The message in the viewer's language. Reading it in a template follows a switch. */
export function t(key: MessageKey, params: Params = {}): string {
  const message = current.messages[key];
  return message === undefined ? key : fillMessage(message, params, kLocaleTags[current.locale]);
}

/** Whether there is a message for this key, e.g. for a problem code the server may add. */
export function hasMessage(key: string): key is MessageKey {
  return key in current.messages;
}
