// Source text with comments and literals blanked out, line for line, so that words and braces can be read
// without a parser.

const BLANK = (text) => text.replace(/[^\n]/g, ' ');

const CPP = /\/\/[^\n]*|\/\*[^]*?\*\/|R"([^(\s]*)\([^]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'/g;

export function maskCpp(text) {
  return text.replace(CPP, (whole) => (whole[0] === '/' ? BLANK(whole) : `"${BLANK(whole.slice(2))}"`));
}

// The end of a template literal that begins at `at`, with its ${…} parts.
function templateEnd(text, at) {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '`') return i + 1;
    else if (text.startsWith('${', i)) {
      for (let depth = 1, j = i + 2; j < text.length; j++) {
        if (text[j] === '`') j = templateEnd(text, j) - 1;
        else if (text[j] === '{') depth++;
        else if (text[j] === '}' && --depth === 0) {
          i = j;
          break;
        }
      }
    }
  }
  return text.length;
}

const JS_TOKEN = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`|\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+*%<>\n-]|=>|\breturn|\bcase)\s*$/;

export function maskScript(text) {
  let out = '';
  for (let i = 0; i < text.length;) {
    JS_TOKEN.lastIndex = i;
    const token = JS_TOKEN.exec(text)?.[0];
    const isRegex = token !== undefined && token[0] === '/' && !/^\/[/*]/.test(token);
    if (token === undefined || (isRegex && !BEFORE_REGEX.test(out.slice(-40)))) {
      out += text[i++];
      continue;
    }
    const end = token === '`' ? templateEnd(text, i) : i + token.length;
    out += /^\/[/*]/.test(token) ? BLANK(text.slice(i, end)) : `"${BLANK(text.slice(i + 2, end))}"`.slice(0, end - i);
    i = end;
  }
  return out;
}

// Only the script of a Svelte component, at its own lines.
export function svelteScript(text) {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(/(<script[^>]*>)([^]*?)<\/script>/g)) {
    const start = match.index + match[1].length;
    out += BLANK(text.slice(at, start)) + match[2];
    at = start + match[2].length;
  }
  return out + BLANK(text.slice(at));
}
