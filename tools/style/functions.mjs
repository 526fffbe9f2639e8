// Finds functions and their lengths in masked source text (see mask.mjs).

const lineOf = (text, at) => text.slice(0, at).split('\n').length;

// The index of the brace that closes the one at `open`.
export function closingBrace(text, open) {
  for (let depth = 0, i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return text.length;
}

const CPP_SCOPE = /^\s*(?:(?:template\s*<[^]*>|requires\b[^]*|inline|export|typedef|static|const|constexpr)\s*)*(?:namespace|class|struct|union|enum|extern)\b/;

function nameOf(header) {
  return header.trim().replace(/\s+/g, ' ').match(/([\w:~<>]+)\s*\(/)?.[1] ?? header.trim().slice(0, 40);
}

// [{name, line, length}] for every function body that is not inside another.
export function cppFunctions(masked) {
  const text = masked.replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, (directive) => directive.replace(/[^\n]/g, ' '));
  const found = [];
  let statement = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === ';' || text[i] === '}') statement = i + 1;
    if (text[i] !== '{') continue;
    const header = text.slice(statement, i);
    const isFunction = header.includes('(') && !/[^=!<>]=[^=]/.test(header.replace(/operator\s*=+|\([^]*\)/g, ''));
    if (CPP_SCOPE.test(header) && !/\)\s*(?:const|noexcept|override|final|->[^]*)*\s*$/.test(header)) {
      statement = i + 1;
      continue;
    }
    const end = closingBrace(text, i);
    // A default argument, or a braced member initialiser between a constructor's head and its body.
    const isArgument = (header.match(/\(/g)?.length ?? 0) > (header.match(/\)/g)?.length ?? 0);
    if (isArgument || /\)\s*(?:noexcept\s*)?:[^:][^]*[\w>]\s*$/.test(header)) {
      i = end;
      continue;
    }
    if (isFunction) {
      const start = statement + header.search(/\S/);
      found.push({ name: nameOf(header), line: lineOf(text, start), length: lineOf(text, end) - lineOf(text, start) + 1 });
    }
    i = end;
    statement = end + 1;
  }
  return found;
}

const CONTROL = /^(?:if|for|while|switch|catch|with)$/;
const JS_FUNCTION = /(?:\bfunction\b\s*\*?\s*([\w$]*)\s*(?:<[^<>{]*>)?\s*\([^]*?\)(?:\s*:[^{;=]+)?|([\w$#]+)\s*(?:<[^<>{]*>)?\s*\([^(){}]*(?:\([^(){}]*\)[^(){}]*)*\)(?:\s*:[^{;=()]+)?|=>)\s*\{/g;

// A block that only groups tests is not a function of its own.
const GROUPS = /\b(?:describe|suite)(?:\.\w+)?\s*\(\s*"[^"]*"\s*,\s*(?:async\s*)?(?:\(\s*\)|function\s*\(\s*\))\s*=?>?\s*\{$/;

export function scriptFunctions(masked) {
  const found = [];
  for (const match of masked.matchAll(JS_FUNCTION)) {
    const open = match.index + match[0].length - 1;
    const name = match[1] || match[2] || masked.slice(0, match.index).match(/([\w$]+)\s*[=:(][^=:\n]*$/)?.[1] || 'function';
    if (CONTROL.test(match[2] ?? '') || GROUPS.test(masked.slice(Math.max(0, open - 300), open + 1))) continue;
    const line = lineOf(masked, match.index);
    found.push({ name, line, length: lineOf(masked, closingBrace(masked, open)) - line + 1 });
  }
  return found;
}
