import { describe, expect, it } from 'vitest';
import { accountPath, passwordFaults } from './account';

describe('passwordFaults', () => {
  const kOwn = { needsCurrent: true, login: 'lin.pearls' };
  const faultsOf = (current: string, fresh: string, more = {}) => passwordFaults({ current, fresh }, { ...kOwn, ...more });

  it('takes eight characters and the current password', () => {
    expect(faultsOf('x', 'eight ch')).toEqual({});
  });
  it('asks for the current password only where it is needed', () => {
    expect(faultsOf('', 'eight ch')).toEqual({ current: 'field.required' });
    expect(faultsOf('', 'eight ch', { needsCurrent: false })).toEqual({});
  });
  it('tells a missing password from a short one', () => {
    expect(faultsOf('x', '')).toEqual({ fresh: 'field.required' });
    expect(faultsOf('x', 'seven c')).toEqual({ fresh: 'account.password_rule' });
  });
  it('counts characters, not their halves', () => {
    expect(faultsOf('x', '🐚'.repeat(7))).toEqual({ fresh: 'account.password_rule' });
    expect(faultsOf('x', '🐚'.repeat(8))).toEqual({});
  });
  it('does not take the sign-in name, however it is written', () => {
    expect(faultsOf('x', 'Lin.Pearls')).toEqual({ fresh: 'account.password_is_login' });
  });
});

describe('accountPath', () => {
  it('keeps where somebody was going', () => {
    expect(accountPath(null)).toBe('/studio/account');
    expect(accountPath('/studio/shows/7?a=b')).toBe('/studio/account?next=%2Fstudio%2Fshows%2F7%3Fa%3Db');
  });
});
