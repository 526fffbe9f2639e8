// Fails when the buyer's show page needs more compressed script than a cheap phone should fetch. The player comes
// later and is not counted; the messages of one language are.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filesOfPage, messagesKey, playerFile } from './chunks.mjs';

const kBuild = fileURLToPath(new URL('../build/', import.meta.url));
const kScript_bytes_max = 150 * 1000;

function compressedSize(file) {
  const isCompressed = statSync(`${kBuild}${file}.br`, { throwIfNoEntry: false });
  return (isCompressed ?? statSync(kBuild + file)).size;
}

const { scripts } = filesOfPage(['routes/shows/[id]/+page'], [messagesKey('fr', 'shop')]);
const sizes = scripts.map((file) => [file, compressedSize(file)]).sort((a, b) => b[1] - a[1]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);

if (process.argv.includes('--all')) for (const [file, size] of sizes) console.log(String(size).padStart(8), file);
console.log(`show page: ${(total / 1000).toFixed(1)} kB of script in ${scripts.length} files (at most ${kScript_bytes_max / 1000} kB)`);
console.log(`player, beside it: ${(compressedSize(playerFile()) / 1000).toFixed(1)} kB`);
if (total > kScript_bytes_max) process.exitCode = 1;
