// HTML as values: a template escapes what it is given unless that is HTML already.

class Html {
  constructor(text) {
    this.text = text;
  }
}

const kEscapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escape = (text) => String(text).replace(/[&<>"]/g, (letter) => kEscapes[letter]);

function rendered(value) {
  if (value === undefined || value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(rendered).join('');
  return value instanceof Html ? value.text : escape(value);
}

export function html(strings, ...values) {
  return new Html(strings.map((text, i) => text + (i < values.length ? rendered(values[i]) : '')).join(''));
}

/** Text that is HTML already. */
export const trusted = (text) => new Html(text);

/** One line of the documents' text: `code` and **bold** are all the markup they use. */
export function inline(text) {
  const marked = escape(text.trim()).replace(/`([^`]+)`/g, '<code>$1</code>').replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
  return new Html(marked);
}

export function paragraphs(text) {
  return (text ?? '').trim().split(/\n\s*\n/).filter(Boolean).map((part) => html`<p>${inline(part)}</p>\n`);
}
