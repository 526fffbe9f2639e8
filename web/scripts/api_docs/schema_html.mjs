// Schemas as people read them: a line a property with its type, limits and meaning.
import { nameOfRef, resolve, schemaName } from './contract.mjs';
import { html, inline } from './html.mjs';

const link = (prefix, name) => html`<a href="#${prefix}${name}">${name}</a>`;

function range(low, high, what) {
  if (low === undefined && high === undefined) return undefined;
  const number = (value) => (Math.abs(value) >= 10_000 ? value.toLocaleString('en').replaceAll(',', ' ') : value);
  if (high === undefined) return `at least ${number(low)}${what}`;
  if (!low) return low === 0 && !what ? `0 to ${number(high)}` : `at most ${number(high)}${what}`;
  return low === high ? `${number(low)}${what}` : `${number(low)} to ${number(high)}${what}`;
}

function limits(schema) {
  return [
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minimum, schema.maximum, ''),
    range(schema.minItems, schema.maxItems, ' entries'),
    schema.uniqueItems && 'each once',
    schema.format === 'date-time' && 'RFC 3339, UTC',
    schema.not?.const !== undefined && `not ${schema.not.const}`,
    schema.default !== undefined && `${schema.default} unless told`,
    schema.minProperties && 'at least one of these',
    schema.pattern && html`like <code>${schema.pattern}</code>`,
  ].filter(Boolean);
}

const typeWords = { string: 'text', integer: 'integer', boolean: 'true or false', object: 'object' };

/** A type in a few words: a link to a shared schema, a list of them, fixed words, or the JSON type. */
export function typeHtml(schema, prefix) {
  const name = schemaName(schema);
  if (name) return link(prefix, name);
  if (schema.const !== undefined) return html`<code>"${schema.const}"</code>`;
  if (schema.enum) return schema.enum.map((word, i) => html`${i > 0 && ' | '}<code>${word}</code>`);
  if (schema.oneOf) return schema.oneOf.map((one, i) => html`${i > 0 && ' | '}${link(prefix, nameOfRef(one.$ref))}`);
  if (schema.type === 'array') return html`list of ${typeHtml(schema.items, prefix)}`;
  if (schema.contentMediaType) return schema.contentMediaType;
  return typeWords[schema.type] ?? 'any';
}

function nested(schema, prefix) {
  const inner = schema.type === 'array' ? schema.items : schema;
  return inner?.properties && !schemaName(inner) && !schemaName(schema) ? propertyList(inner, prefix) : undefined;
}

function row(name, schema, { isRequired, prefix }) {
  const notes = schemaName(schema) ? [] : limits(schema);
  return html`<div class="field-row"><dt><code>${name}</code> <span class="type">${typeHtml(schema, prefix)}</span>${!isRequired
    && html` <span class="need">optional</span>`}</dt>
<dd>${schema.description && html`<p>${inline(schema.description)}</p>`}${notes.length > 0
    && html`<p class="limits">${notes.map((note, i) => html`${i > 0 && ' · '}${note}`)}</p>`}${nested(schema, prefix)}</dd></div>
`;
}

export function propertyList(schema, prefix) {
  const required = new Set(schema.required ?? []);
  return html`<dl class="fields">${Object.entries(schema.properties).map(([name, member]) =>
    row(name, member, { isRequired: required.has(name), prefix }))}</dl>
`;
}

export function parameterList(parameters, prefix) {
  return html`<dl class="fields">${parameters.map((p) =>
    row(p.name, { ...p.schema, description: p.description ?? p.schema.description }, { isRequired: p.required, prefix }))}</dl>
`;
}

/** The shape of a body: its lines when it is written in place, else a link to the shared schema. */
export function shape(document, schema, prefix) {
  if (schemaName(schema) || !schema.properties) return html`<p>${typeHtml(schema, prefix)}</p>`;
  return html`${limits(schema).map((note) => html`<p class="limits">${note}</p>`)}${propertyList(schema, prefix)}`;
}

export function schemaSection(document, name, prefix) {
  const schema = resolve(document, document.components.schemas[name]);
  const notes = schema.properties ? [] : limits(schema);
  return html`<section class="schema" id="${prefix}${name}">
<h3><a href="#${prefix}${name}">${name}</a></h3>
${schema.description && html`<p>${inline(schema.description)}</p>`}
${schema.properties ? propertyList(schema, prefix) : html`<p class="type">${typeHtml(schema, prefix)}</p>`}
${notes.length > 0 && html`<p class="limits">${notes.map((note, i) => html`${i > 0 && ' · '}${note}`)}</p>`}
</section>
`;
}
