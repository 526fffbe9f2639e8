import { describe, expect, it } from 'vitest';
import { currencyDigits, decimalToMinor, formatBytes, formatCountdown, formatMoney, formatNear, formatOffset, minorToDecimal } from './format';
import { fillMessage } from './message';
import { pickLocale } from './locale';

describe('formatOffset', () => {
  it.each([[0, '0:00'], [999, '0:00'], [760_900, '12:40'], [3_760_000, '1:02:40']])('%i ms', (ms, text) => {
    expect(formatOffset(ms)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([[400_000, '0.4 MB'], [12_345_678, '12 MB'], [1_400_000_000, '1.4 GB']])('%i', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });
});

describe('formatMoney', () => {
  it.each([
    [16800, 'CNY', 'zh-Hans', '¥168'],
    [16850, 'CNY', 'zh-Hans', '¥168.50'],
    [125050, 'MXN', 'es-MX', '$1,250.50'],
    [125000, 'MXN', 'en', 'MX$1,250'],
    [500, 'JPY', 'en', '¥500'],
    [0, 'MXN', 'en', 'MX$0'],
    [1, 'MXN', 'en', 'MX$0.01'],
    [1_000_000_000_000, 'MXN', 'en', 'MX$10,000,000,000'],
  ])('%i %s in %s', (minor, currency, tag, text) => {
    expect(formatMoney({ minor, currency }, tag)).toBe(text);
  });

  it('says a currency nobody knows as it is', () => {
    expect(formatMoney({ minor: 150, currency: 'X' }, 'en')).toBe('1.50 X');
  });
});

describe('decimalToMinor', () => {
  it.each<[string, number, number | undefined]>([
    ['12', 2, 1200],
    ['12.5', 2, 1250],
    ['12,50', 2, 1250],
    ['1,200', 2, 120000],
    ['1.200,50', 2, 120050],
    ['1 200.00', 2, 120000],
    ['.5', 2, 50],
    ['0', 2, 0],
    ['500', 0, 500],
    ['5.5', 0, undefined],
    ['12.345', 2, 1234500],
    ['1.2345', 2, undefined],
    ['-5', 2, undefined],
    ['', 2, undefined],
    ['.', 2, undefined],
    ['12a', 2, undefined],
    ['1e3', 2, undefined],
  ])('%j with %i digits', (text, digits, minor) => {
    expect(decimalToMinor(text, digits)).toBe(minor);
  });

  it('undoes minorToDecimal', () => {
    for (const minor of [0, 1, 99, 100, 123456]) expect(decimalToMinor(minorToDecimal(minor, 2), 2)).toBe(minor);
  });
});

describe('currencyDigits', () => {
  it('knows currencies without cents', () => {
    expect([currencyDigits('MXN'), currencyDigits('JPY'), currencyDigits('KWD')]).toEqual([2, 0, 3]);
  });
});

describe('formatCountdown', () => {
  it.each([
    [59_000, '00:59'],
    [59_100, '01:00'],
    [3_661_000, '1:01:01'],
    [100_000_000, '27:46:40'],
    [200_000_000, '2 days'],
    [-5, '00:00'],
  ])('%i ms', (left_ms, text) => expect(formatCountdown(left_ms, 'en')).toBe(text));
});

describe('formatNear', () => {
  it('names today and tomorrow', () => {
    const now = new Date(2026, 4, 2, 12);
    const later = (days: number) => new Date(2026, 4, 2 + days, 19, 30).toISOString();
    expect(formatNear(later(0), now, 'en')).toMatch(/^Today, 7:30\sPM$/);
    expect(formatNear(later(1), now, 'es-MX')).toMatch(/^Mañana, /);
    expect(formatNear(later(3), now, 'fr')).toMatch(/mai/);
  });
});

describe('fillMessage', () => {
  it('chooses the plural form and formats numbers', () => {
    const message = { one: '{count} order', other: '{count} orders' };
    expect(fillMessage(message, { count: 1 }, 'en')).toBe('1 order');
    expect(fillMessage(message, { count: 1200 }, 'en')).toBe('1,200 orders');
    expect(fillMessage({ other: '{count} 单' }, { count: 1 }, 'zh-Hans')).toBe('1 单');
  });

  it('leaves what it is not given', () => {
    expect(fillMessage('{a} {b}', { a: 'x' }, 'en')).toBe('x {b}');
  });

  it('lets no French line begin with a sign', () => {
    expect(fillMessage('Essai : {text} « {word} » ?', { text: 'a : b', word: 'c' }, 'fr')).toBe('Essai\u00a0: a : b «\u00a0c\u00a0»\u00a0?');
    expect(fillMessage('Try: {text} ?', { text: 'a' }, 'en')).toBe('Try: a ?');
  });
});

describe('pickLocale', () => {
  it('prefers what was chosen, then the first language there is', () => {
    expect(pickLocale('fr', ['en'])).toBe('fr');
    expect(pickLocale(null, ['de-DE', 'zh-TW', 'en'])).toBe('zh');
    expect(pickLocale('xx', ['de'])).toBe('en');
  });
});
