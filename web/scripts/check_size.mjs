// Fails when the buyer's show page needs more compressed script than a cheap phone should fetch. The player comes
// later and is not counted; the messages of one language are.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kRoot = fileURLToPath(new URL('..', import.meta.url));
const kScript_bytes_max = 150 * 1000;
const manifest = JSON.parse(readFileSync(`${kRoot}.svelte-kit/output/client/.vite/manifest.json`, 'utf8'));

function compressedSize(file) {
  const path = `${kRoot}build/${file}`;
  try {
    return statSync(`${path}.br`).size;
  } catch {
    return statSync(path).size;
  }
}

/** The chunks that `keys` load at once, without what they import later. */
function chunksOf(keys) {
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    if (!manifest[key]) throw new Error(`the build has no ${key}`);
    seen.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  keys.forEach(visit);
  return [...seen].map((key) => manifest[key].file);
}

const kNodes = '.svelte-kit/generated/client-optimized/nodes/';

/** The generated node that holds a route's file. */
function nodeOf(part) {
  for (const name of readdirSync(`${kRoot}${kNodes}`)) {
    if (readFileSync(`${kRoot}${kNodes}${name}`, 'utf8').includes(part)) return kNodes + name;
  }
  throw new Error(`no route node holds ${part}`);
}

const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry && /client\/entry|client-optimized\/app/.test(key));
const show = chunksOf([...entries, nodeOf('routes/+layout'), nodeOf('routes/+error'), nodeOf('routes/shows/[id]/+page'),
  'src/lib/i18n/messages/fr/shop.json']);
const player = Object.keys(manifest).find((key) => key.includes('hls.light'));
const sizes = show.map((file) => [file, compressedSize(file)]).sort((a, b) => b[1] - a[1]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);

if (process.argv.includes('--all')) for (const [file, size] of sizes) console.log(String(size).padStart(8), file);
console.log(`show page: ${(total / 1000).toFixed(1)} kB of script in ${show.length} files (at most ${kScript_bytes_max / 1000} kB)`);
if (player) console.log(`player, later: ${(compressedSize(manifest[player].file) / 1000).toFixed(1)} kB`);
if (total > kScript_bytes_max) process.exitCode = 1;
