/** Filling one message. Pure, so that tests and scripts can use it. */

/** Plural forms by CLDR category; `other` is always there. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Message = string | PluralForms;
export type Params = Record<string, string | number>;

const pluralRules = new Map<string, Intl.PluralRules>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function pluralRuleOf(tag: string): Intl.PluralRules {
  let rules = pluralRules.get(tag);
  if (!rules) pluralRules.set(tag, (rules = new Intl.PluralRules(tag)));
  return rules;
}

export function formatNumber(value: number, tag: string): string {
  let format = numberFormats.get(tag);
  if (!format) numberFormats.set(tag, (format = new Intl.NumberFormat(tag)));
  return format.format(value);
}

/** French sets a space before these signs, at which no line may end. */
const spaced = (text: string): string => text.replace(/ ([:;?!»%])/g, '\u00a0$1').replace(/« /g, '«\u00a0');

/** Fills `{name}` from `params`; a plural message is chosen by `params.count`. Unknown names stay as they are. */
export function fillMessage(message: Message, params: Params, tag: string): string {
  let text: string;
  if (typeof message === 'string') {
    text = message;
  } else {
    const category = pluralRuleOf(tag).select(Number(params.count ?? 0));
    text = message[category] ?? message.other;
  }
  if (tag.startsWith('fr')) text = spaced(text);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value, tag) : value;
  });
}
