// What the build's manifest says: which files a page needs at once.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kRoot = fileURLToPath(new URL('..', import.meta.url));
const kNodes = '.svelte-kit/generated/client-optimized/nodes/';
const manifest = JSON.parse(readFileSync(`${kRoot}.svelte-kit/output/client/.vite/manifest.json`, 'utf8'));

/** The generated node that holds a route's file, e.g. "routes/shows/[id]/+page". */
function nodeOf(part) {
  for (const name of readdirSync(kRoot + kNodes)) {
    if (readFileSync(kRoot + kNodes + name, 'utf8').includes(`${part}.`)) return kNodes + name;
  }
  throw new Error(`no route node holds ${part}`);
}

/** The script and style files that `keys` load at once, without what they import later. */
function filesOf(keys) {
  const seen = new Set();
  const styles = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    const entry = manifest[key];
    if (!entry) throw new Error(`the build has no ${key}`);
    seen.add(key);
    for (const style of entry.css ?? []) styles.add(style);
    for (const next of entry.imports ?? []) visit(next);
  };
  keys.forEach(visit);
  return { scripts: [...seen].map((key) => manifest[key].file), styles: [...styles] };
}

/** Everything a page fetches before it can be seen, its messages in one language among it. */
export function filesOfPage(routes, messages) {
  const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry && /client\/entry|client-optimized\/app/.test(key));
  return filesOf([...entries, nodeOf('routes/+layout'), nodeOf('routes/+error'), ...routes.map(nodeOf), ...messages]);
}

/** The player's file, which is fetched only where there is a picture. */
export function playerFile() {
  const key = Object.keys(manifest).find((name) => name.includes('hls.light'));
  if (!key) throw new Error('the build has no player');
  return manifest[key].file;
}

export function messagesKey(locale, bundle) {
  return `src/lib/i18n/messages/${locale}/${bundle}.json`;
}
