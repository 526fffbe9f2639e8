import { describe, expect, it } from 'vitest';
import { dealDraft, dealPrice, dealUnits, newDeal, priceOff } from './deal_draft';

const yuan = (minor: number) => ({ minor, currency: 'CNY' });

describe('priceOff', () => {
  it.each([
    [9900, 20, 7900], [9950, 20, 7960], [100, 10, 90], [1, 10, 0], [28800, 30, 20100],
  ])('%i less %i %% is %i', (minor, percent, off) => {
    expect(priceOff(yuan(minor), percent, 2).minor).toBe(off);
  });
});

describe('dealPrice', () => {
  it('is below the price of the product', () => {
    const own = (price: string) => dealPrice({ ...dealDraft(), percent: undefined, price }, yuan(9900), 2)?.minor;
    expect([own('98.99'), own('99'), own('0'), own(''), own('x')]).toEqual([9899, undefined, 0, undefined, undefined]);
  });

  it('is 20 % off as long as nobody chooses', () => {
    expect(dealPrice(dealDraft(), yuan(9900), 2)?.minor).toBe(7900);
  });
});

describe('dealUnits', () => {
  it.each([
    [undefined, 7, 7], [undefined, 0, undefined], ['1', 7, 1], ['7', 7, 7], ['8', 7, undefined], ['0', 7, undefined], ['2.5', 7, undefined],
  ])('%s of %i is %s', (units, available, wanted) => {
    expect(dealUnits({ ...dealDraft(), units }, available)).toBe(wanted);
  });
});

it('takes vouchers for all of its units or for none', () => {
  const draft = dealDraft();
  expect(newDeal(draft, '7', yuan(7900), 5).vouchers_max).toBe(0);
  expect(newDeal({ ...draft, takesVouchers: true }, '7', yuan(7900), 5).vouchers_max).toBe(5);
});
