// Writes the API page, build/api-docs.html, from the documents of api/: plain HTML and one style sheet, no script.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { page } from './api_docs/page.mjs';

const kBuild = new URL('../build/', import.meta.url);
const kStyles = new URL('../src/lib/styles/', import.meta.url);

function styleSheet() {
  const read = (url) => readFileSync(url, 'utf8').replace(/^@import .*$/gm, '');
  return ['tokens.css', 'parts.css', 'base.css'].map((name) => read(new URL(name, kStyles))).join('\n')
    + read(new URL('api_docs/api_docs.css', import.meta.url));
}

const style = styleSheet();
const name = `_app/immutable/assets/api-docs.${createHash('sha256').update(style).digest('base64url').slice(0, 8)}.css`;
writeFileSync(new URL(name, kBuild), style);
writeFileSync(new URL('api-docs.html', kBuild), page(`/${name}`));
