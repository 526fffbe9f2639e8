// Words that would run as script, or become an element, on a page that takes text for markup. Each calls
// `pwned(n)` with its own number.
const kCalls = [(n) => `pwned(${n})`, (n) => `window['pwned'](${n})`, (n) => `top.pwned(${n})`, (n) => `eval('pwned(${n})')`,
  (n) => `(0,pwned)(${n})`, (n) => `setTimeout('pwned(${n})')`, (n) => `pwned\`${n}\``];
const kTags = ['img', 'svg', 'video', 'audio', 'body', 'iframe', 'object', 'input', 'details', 'marquee', 'math', 'style'];
const kEvents = ['onerror', 'onload', 'onfocus', 'onmouseover', 'ontoggle', 'onstart', 'onanimationstart', 'onpointerenter'];
const kQuotes = ['"', "'", '`', ''];

const kShapes = [
  (call) => `<script>${call}</script>`,
  (call) => `</script><script>${call}</script>`,
  (call) => `<ScRiPt >${call}</sCrIpT>`,
  (call) => `<scr<script>ipt>${call}</script>`,
  (call) => `<svg><script>${call}</script></svg>`,
  (call) => `<iframe srcdoc="<script>parent.${call}</script>">`,
  (call) => `<a href="javascript:${call}">x</a>`,
  (call) => `<a href=" java&#x09;script:${call}">x</a>`,
  (call) => `javascript:${call}`,
  (call) => `<form action="javascript:${call}"><button>x</button></form>`,
  (call) => `<base href="javascript:${call}//">`,
  (call) => `<object data="data:text/html,<script>${call}</script>">`,
  (call) => `<meta http-equiv="refresh" content="0;javascript:${call}">`,
  (call) => `<math><mtext></form><form><mglyph><style></math><img src onerror=${call}>`,
  (call) => `<!--><img src=x onerror=${call}>-->`,
  (call) => `<noscript><p title="</noscript><img src=x onerror=${call}>">`,
  (call) => `<template><img src=x onerror=${call}></template>`,
  (call) => `&lt;img src=x onerror=${call}&gt;`,
  (call) => `&#60;img src=x onerror=${call}&#62;`,
  (call) => `\\u003cimg src=x onerror=${call}\\u003e`,
  (call) => `%3Cimg%20src%3Dx%20onerror%3D${call}%3E`,
  (call) => `{@html '<img src=x onerror=${call}>'}`,
  (call) => `{{constructor.constructor('${call.replaceAll("'", '')}')()}}`,
  (call) => `\${${call}}`,
  (call) => `"}],"x":"<img src=x onerror=${call}>`,
  (call) => `＜img src=x onerror=${call}＞`,
];

/** So many, no two alike, each at most `length_max` characters. */
export function markupPayloads(count, length_max = 300) {
  const payloads = [];
  const add = (make) => {
    const text = make(payloads.length);
    if (payloads.length < count && [...text].length <= length_max) payloads.push(text);
  };
  for (let round = 0; payloads.length < count; round += 1) {
    for (const call of kCalls) {
      for (const shape of kShapes) add((n) => shape(call(n)));
      for (const tag of kTags) {
        for (const event of kEvents) {
          const quote = kQuotes[round % kQuotes.length];
          add((n) => `${quote}><${tag}${round % 2 ? '/' : ' '}src=x autofocus ${event}=${quote}${call(n)}${quote}>`);
        }
      }
    }
  }
  return payloads;
}

/** Names hold 40 characters: these all fit. */
export const kMarkupNames = ['<img src=x onerror=pwned(-1)>', '<svg onload=pwned(-2)>', '<script>pwned(-3)</script>', '"><b onfocus=pwned(-4)>',
  "' autofocus onfocus=pwned(-5) x='", '<i style=color:red>x</i>', '{@html "<b>x</b>"}', 'javascript:pwned(-6)', '&lt;img src=x onerror=pwned(-7)&gt;', '<iframe srcdoc=<b>x</b>>'];
