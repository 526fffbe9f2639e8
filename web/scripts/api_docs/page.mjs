// The whole page: contents, introduction, operations by subject, the room's live messages, shared schemas.
import { readFileSync } from 'node:fs';
import { liveEvents, openapi, operations, spoken } from './contract.mjs';
import { eventId, events, eventsHtml } from './event_html.mjs';
import { exampleOf } from './example.mjs';
import { html, paragraphs, trusted } from './html.mjs';
import { methodBadge, operationHtml } from './operation_html.mjs';
import { schemaSection } from './schema_html.mjs';

const kLive = 'live-';
const kEventsTag = 'webhooks';
const kFrames = ['ServerFrame', 'Snapshot', 'State', 'Refused'];
const kShared = ['ProductCard', 'Ref', 'Id', 'Seq', 'Instant', 'ShowStatus', 'VideoState', 'AuthorRole'];
const namesOf = (union) => liveEvents.components.schemas[union].oneOf.map(({ $ref }) => $ref.split('/').at(-1));
const capital = (word) => word[0].toUpperCase() + word.slice(1);

function contentsGroup(id, title, links) {
  return html`<details><summary>${title}</summary>
<ul><li><a href="#${id}">All of it</a></li>
${links.map(([href, label]) => html`<li><a href="#${href}">${label}</a></li>
`)}</ul></details>
`;
}

function contents() {
  const groups = openapi.tags.map(({ name }) => contentsGroup(`tag-${name}`, capital(name), operations
    .filter(({ tag }) => tag === name).map(({ id, method }) => [id, html`${methodBadge(method)} ${spoken(id)}`])
    .concat(name === kEventsTag ? events.map(({ type }) => [eventId(type), type]) : [])));
  const live = [...namesOf('Event'), ...namesOf('Command'), ...kFrames].map((name) => [kLive + name, name]);
  return html`<nav class="contents" aria-label="Contents"><h2>Contents</h2>
${groups}
${contentsGroup('live', 'Live events', live)}
${contentsGroup('schemas', 'Schemas', Object.keys(openapi.components.schemas).map((name) => [`schema-${name}`, name]))}</nav>
`;
}

function tagSection({ name, description }) {
  return html`<section id="tag-${name}"><h2>${capital(name)}</h2>
<p class="lead">${description}</p>
${operations.filter(({ tag }) => tag === name).map(operationHtml)}
${name === kEventsTag && eventsHtml()}</section>
`;
}

const jsonExample = (schema) => html`<pre><code>${JSON.stringify(exampleOf(liveEvents, schema), null, 2)}</code></pre>
`;

function messageSection(name) {
  return html`${schemaSection(liveEvents, name, kLive)}<details class="example"><summary>Example of ${name}</summary>
${jsonExample({ $ref: `#/components/schemas/${name}` })}</details>
`;
}

function liveSection() {
  return html`<section id="live"><h2>Live events</h2>
${paragraphs(liveEvents.info.description)}
<h3 class="group">Events</h3>
${namesOf('Event').map(messageSection)}
<h3 class="group">Commands</h3>
${namesOf('Command').map(messageSection)}
<h3 class="group">Frames and what they hold</h3>
${[...kFrames, ...kShared].map((name) => schemaSection(liveEvents, name, kLive))}</section>
`;
}

function schemasSection() {
  return html`<section id="schemas"><h2>Schemas</h2>
<p class="lead">What several operations share.</p>
${Object.keys(openapi.components.schemas).map((name) => schemaSection(openapi, name, 'schema-'))}</section>
`;
}

// The mark and the word as the web app draws them.
const kBrand = readFileSync(new URL('../../src/lib/ui/Brand.svelte', import.meta.url), 'utf8');
const brand = html`<a class="brand" href="/" aria-label="Geili: to the start page">${trusted(kBrand.match(/<svg[\s\S]*<\/svg>/)[0])}</a>`;

export function page(styleUrl) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f4f3ef" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#06191f" media="(prefers-color-scheme: dark)">
<title>Geili API</title>
<meta name="description" content="Every operation and live event of a Geili server.">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${styleUrl}">
</head>
<body>
<a class="skip-link" href="#content">To the content</a>
<header><div class="page top">${brand}
<nav aria-label="Documents"><a href="/api/openapi.yaml">openapi.yaml</a> <a href="/api/live-events.yaml">live-events.yaml</a></nav></div></header>
<div class="page columns">
${contents()}
<main id="content">
<h1>The API of a Geili server</h1>
<p class="lead">Version ${openapi.info.version}. Every address begins with <code>${openapi.servers[0].url}</code>.</p>
${paragraphs(openapi.info.description)}
${openapi.tags.map(tagSection)}
${liveSection()}
${schemasSection()}
</main>
</div>
</body>
</html>
`.text;
}
