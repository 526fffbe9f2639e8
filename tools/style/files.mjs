// The project's own text files, without what is built, installed or generated.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const SKIPPED_FOLDERS = new Set(['.git', 'build', 'node_modules', '.svelte-kit', 'paraglide', 'data', 'results', 'corpus', '.cache']);
const TEXT_BYTES_MAX = 2 * 1024 * 1024;

// [{path, text}] with paths relative to `root`, for names that match `pattern`.
export function projectFiles(root, pattern = /./) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) walk(path);
      } else if (entry.isFile() && entry.name !== '.git' && pattern.test(entry.name) && statSync(path).size <= TEXT_BYTES_MAX) {
        const text = readFileSync(path, 'utf8');
        if (!text.includes('\0')) found.push({ path: relative(root, path), text });
      }
    }
  };
  walk(root);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function isGenerated(text) {
  return /auto-generated|@generated/i.test(text.slice(0, 400));
}

// Prints what was found and ends the process: 0 when nothing was.
export function report(name, faults, looked) {
  for (const fault of faults) console.log(fault);
  console.log(faults.length === 0 ? `${name}: ${looked}, no fault` : `${name}: ${faults.length} faults`);
  process.exit(faults.length === 0 ? 0 : 1);
}
