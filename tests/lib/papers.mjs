// Printed pages read back by programs that know nothing of how they were made.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const kDpi = 120;

/** The text of each page. */
export const pageTexts = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }).split('\f').slice(0, -1);

/** Draws each page into `folder`, as NAME-1.png and so on; answers their paths in the order of the pages. */
export function drawPages(pdf, folder, name) {
  execFileSync('pdftoppm', ['-r', String(kDpi), '-png', '-', path.join(folder, name)], { input: pdf });
  const number = (file) => Number(/-(\d+)\.png$/.exec(file)?.[1]);
  return readdirSync(folder).filter((file) => file.startsWith(`${name}-`) && number(file))
    .sort((a, b) => number(a) - number(b)).map((file) => path.join(folder, file));
}

/** What the codes in these pictures say, one after the other. */
export const codesIn = (pictures) =>
  execFileSync('zbarimg', ['--nodbus', '-q', '--raw', ...pictures], { encoding: 'utf8' }).trim().split('\n');
