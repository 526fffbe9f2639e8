import { expect, test } from 'vitest';
import { amountOf, auctionDraft, typed } from './auction_draft';

test('what is usual is typed already, in whole units where the price is', () => {
  expect(auctionDraft({ minor: 16_800, currency: 'CNY' }, 2)).toEqual({ start: '84', step: '8', length_s: 60, mode: 'extend' });
  expect(auctionDraft({ minor: 250, currency: 'CNY' }, 2)).toMatchObject({ start: '1.25', step: '0.13' });
  expect(auctionDraft({ minor: 3, currency: 'JPY' }, 0)).toMatchObject({ start: '2', step: '1' });
});

test('an amount is above nothing', () => {
  expect(amountOf('84', 'CNY')?.minor).toBe(8_400);
  for (const text of ['', '0', '-1', 'x', '1.2.3']) expect(amountOf(text, 'CNY')).toBeUndefined();
  expect(typed({ minor: 8_450, currency: 'CNY' }, 2)).toBe('84.50');
});
