// Runs after vite build: takes the inline boot script out of the page, so that the Content-Security-Policy can be
// `script-src 'self'`; lets it ask at once for what the opened page will need, which saves a slow network a round trip;
// and lays compressed copies beside every text file.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { filesOfPage, messagesKey, playerFile } from './chunks.mjs';

const kBuild = fileURLToPath(new URL('../build/', import.meta.url));
const kText = /\.(?:js|css|svg|json|txt|webmanifest)$/;
const kCompressFrom_bytes = 512;
/** The pages that links lead to, by the path they are opened at. */
const kOpenedPages = [
  { path: '^/shows/', routes: ['routes/shows/[id]/+page'], hasPlayer: true },
  { path: '^/embed/', routes: ['routes/embed/[id]/+page'], hasPlayer: true },
  { path: '^/products/', routes: ['routes/(site)/+layout', 'routes/(site)/products/[id]/+page'] },
  { path: '^/$', routes: ['routes/(site)/+layout', 'routes/(site)/+page'] },
];

async function* filesIn(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

/** Script text that asks for the opened page's files before the router knows that it needs them. */
function preloadScript(html) {
  const pages = kOpenedPages.map(({ path, routes, hasPlayer }) => {
    const { scripts } = filesOfPage(routes, []);
    const files = scripts.filter((file) => !html.includes(file));
    return [path, files, hasPlayer ? [playerFile()] : []];
  });
  // As src/lib/state/saver_choice.ts has it: who saves data needs no player.
  return `{
let chosen = null;
try { chosen = localStorage.getItem('geili.saver'); } catch {}
const isSaving = chosen === 'on' || (chosen !== 'off' && navigator.connection?.saveData === true);
for (const [path, files, player] of ${JSON.stringify(pages)}) {
  if (!new RegExp(path).test(location.pathname)) continue;
  for (const file of isSaving ? files : [...files, ...player]) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = '/' + file;
    document.head.append(link);
  }
}
}
`;
}

async function takeOutBootScript() {
  const page = join(kBuild, 'index.html');
  const html = await readFile(page, 'utf8');
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)];
  if (scripts.length !== 1) throw new Error(`expected one inline script in the page, found ${scripts.length}`);
  const text = `${preloadScript(html)}${scripts[0][1].replace(/^\t+/gm, '').trim()}\n`;
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  const name = `_app/immutable/boot.${digest}.js`;
  await writeFile(join(kBuild, name), text);
  const next = html.replace(scripts[0][0], `<script src="/${name}"></script>`);
  if (/<script(?![^>]*\bsrc=)|<style|\son\w+=/i.test(next)) throw new Error('the page still holds an inline script or style');
  if (!next.includes('<!--geili:head-->')) throw new Error('the page has lost its head marker');
  await writeFile(page, next);
  return name;
}

/** Tells the service worker what the offline page is made of, in every language. */
async function nameShell(bootScript) {
  const worker = join(kBuild, 'service-worker.js');
  const text = await readFile(worker, 'utf8');
  const messages = ['en', 'zh', 'es', 'fr'].map((locale) => messagesKey(locale, 'shop'));
  const { scripts, styles } = filesOfPage(['routes/offline/+page'], messages);
  const files = [bootScript, ...scripts, ...styles, 'art/back-soon.svg', 'favicon.svg'].map((file) => `/${file}`);
  const place = /(["'`])__GEILI_SHELL__\1/;
  if (!place.test(text)) throw new Error('the service worker has no place for the files of its offline page');
  await writeFile(worker, text.replace(place, () => JSON.stringify(JSON.stringify(files))));
}

async function compress(path) {
  const { size } = await stat(path);
  if (size < kCompressFrom_bytes) return;
  const bytes = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: size };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

await nameShell(await takeOutBootScript());
for await (const path of filesIn(kBuild)) if (kText.test(path)) await compress(path);
await compress(join(kBuild, 'api-docs.html'));
