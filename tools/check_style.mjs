// Holds the style of the project: lengths, names, banned words. node tools/check_style.mjs [ROOT]
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isGenerated, projectFiles, report } from './style/files.mjs';
import { cppFunctions, scriptFunctions } from './style/functions.mjs';
import { maskCpp, maskScript, svelteScript } from './style/mask.mjs';
import { isCppTest, rules } from './style/rules.mjs';

export const FILE_LINES_MAX = 500;
export const FUNCTION_LINES_MAX = 70;

const MEASURED = /\.(?:cpp|hpp|ts|svelte|mjs|js|css|sh|cmake|sql)$|^dev$/;

function masked(path, text) {
  if (/\.(?:cpp|hpp)$/.test(path)) return maskCpp(text);
  if (path.endsWith('.svelte')) return maskScript(svelteScript(text));
  if (/\.(?:ts|mjs|js)$/.test(path)) return maskScript(text);
  return text;
}

function lengthFaults(path, text, code) {
  const faults = [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (MEASURED.test(basename(path)) && lines > FILE_LINES_MAX) {
    faults.push(`${path}:1: file-length: ${lines} lines, at most ${FILE_LINES_MAX}; split it by what it is about`);
  }
  const functions = /\.(?:cpp|hpp)$/.test(path) ? cppFunctions(code) : /\.(?:ts|svelte|mjs|js)$/.test(path) ? scriptFunctions(code) : [];
  for (const { name, line, length } of functions) {
    if (length > FUNCTION_LINES_MAX) {
      faults.push(`${path}:${line}: function-length: ${name} has ${length} lines, at most ${FUNCTION_LINES_MAX}; name its parts`);
    }
  }
  return faults;
}

function nameFaults(path, text) {
  const faults = [];
  if (/^src\/.*\.(?:cpp|hpp)$/.test(path) && !/^[a-z][a-z0-9_]*\.(?:cpp|hpp)$/.test(basename(path))) {
    faults.push(`${path}:1: file-name: write it in snake_case`);
  }
  if (path.endsWith('.hpp') && !/^#pragma once\n/.test(text)) faults.push(`${path}:1: header: begin with #pragma once`);
  return faults;
}

function ruleFaults(path, text, code) {
  const faults = [];
  for (const rule of rules) {
    if (!rule.files.test(path) || rule.except?.test(path) || (rule.exceptTests && isCppTest(path))) continue;
    (rule.code ? code : text).split('\n').forEach((line, i) => {
      if (rule.banned.test(line)) faults.push(`${path}:${i + 1}: ${rule.name}: ${line.trim().slice(0, 80)} (instead: ${rule.instead})`);
    });
  }
  return faults;
}

export function checkFile({ path, text }) {
  if (isGenerated(text)) return [];
  const code = masked(path, text);
  return [...lengthFaults(path, text, code), ...nameFaults(path, text), ...ruleFaults(path, text, code)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = projectFiles(process.argv[2] ?? resolve(dirname(fileURLToPath(import.meta.url)), '..'));
  report('style', files.flatMap(checkFile), `${files.length} files`);
}
