import { describe, expect, it } from 'vitest';
import { isSaving } from './saver_choice';

describe('saving data', () => {
  it('is off where nobody asks for it', () => {
    expect(isSaving(null, {})).toBe(false);
    expect(isSaving(null, { connection: {} })).toBe(false);
    expect(isSaving('perhaps', { connection: { saveData: false } })).toBe(false);
  });
  it('is on where the browser asks for it', () => {
    expect(isSaving(null, { connection: { saveData: true } })).toBe(true);
  });
  it('is as it was chosen', () => {
    expect(isSaving('off', { connection: { saveData: true } })).toBe(false);
    expect(isSaving('on', {})).toBe(true);
  });
});
