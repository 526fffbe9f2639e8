import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { convert, type Leg } from './conversion';
import { currencyDigits } from '$lib/i18n/format';

const table = readFileSync(new URL('../../../../tests/golden/trade/conversions.csv', import.meta.url), 'utf8');
const [head, ...lines] = table.trimEnd().split('\n');

function legsOf(text: string): Leg[] {
  return text.split(' ').map((leg) => {
    const [, base = '', quote = '', rate = ''] = /^([A-Z]{3})\/([A-Z]{3})=(.+)$/.exec(leg) ?? [];
    return { base, quote, rate };
  });
}

describe('convert, by the table that the server is held to', () => {
  it('reads all of it', () => {
    expect(head).toBe('case,minor,base,base_digits,quote,quote_digits,legs,converted');
    expect(lines.length).toBeGreaterThanOrEqual(35);
  });

  it.each(lines.map((line) => line.split(',')))('%s', (_case, minor = '', base = '', base_digits, quote = '', quote_digits, legs = '', converted = '') => {
    const way = { base, base_digits: Number(base_digits), quote, quote_digits: Number(quote_digits), legs: legsOf(legs) };
    expect(String(convert(Number(minor), way))).toBe(converted);
    expect([currencyDigits(base), currencyDigits(quote)]).toEqual([way.base_digits, way.quote_digits]);
  });
});
