// What axe finds grave in a page, or in a part of it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** To be run in each page before its own scripts. */
export const kAxe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kGrave = new Set(['serious', 'critical']);

export async function graveFaults(page, part, runOnly) {
  const { violations } = await page.evaluate(([where, rules]) =>
    window.axe.run(where ?? document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }), [part, runOnly]);
  return violations.filter(({ impact }) => kGrave.has(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 5).join(' | ')}`);
}
