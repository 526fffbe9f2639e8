// What axe finds grave in a page, or in a part of it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** To be run in each page before its own scripts. */
export const kAxe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kGrave = new Set(['serious', 'critical']);

/**
 * `part` is a selector, of all that match it. `rules` are axe's: {only: names} or {except: names}. Looked at when what
 * comes in has come in: a colour half faded in is nobody's fault.
 */
export async function graveFaults(page, part, { only, except = [] } = {}) {
  await page.evaluate(() => Promise.allSettled(document.getAnimations()
    .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime)).map(({ finished }) => finished)));
  const rules = Object.fromEntries(except.map((name) => [name, { enabled: false }]));
  const { violations } = await page.evaluate(([where, more]) =>
    window.axe.run(where ?? document, { resultTypes: ['violations'], ...more }), [part, { rules, ...(only && { runOnly: only }) }]);
  return violations.filter(({ impact }) => kGrave.has(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 5).join(' | ')}`);
}
