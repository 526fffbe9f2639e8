// One event that a shop's endpoints get: when it comes, what is in it, and one as it goes over the wire.
import { nameOfRef, openapi, resolve } from './contract.mjs';
import { exampleOf } from './example.mjs';
import { html, inline } from './html.mjs';
import { parameterList, propertyList } from './schema_html.mjs';

const kPrefix = 'schema-';

/** [{type, summary, parameters, answers, schema}] of every event of the document. */
export const events = Object.entries(openapi.webhooks).map(([type, { post }]) => ({
  type,
  summary: post.summary,
  parameters: post.parameters.map((node) => resolve(openapi, node)),
  answers: Object.entries(post.responses).map(([status, node]) => [status, resolve(openapi, node).description]),
  schema: post.requestBody.content['application/json'].schema,
}));

export const eventId = (type) => `event-${type}`;

function eventHtml({ type, summary, schema }) {
  const { data } = resolve(openapi, schema).properties;
  return html`<article class="operation" id="${eventId(type)}">
<div class="told">
<h3><a href="#${eventId(type)}">${type}</a></h3>
<p class="summary">${inline(summary)}</p>
<h4>Data</h4>
<p class="limits"><a href="#${kPrefix}${nameOfRef(data.$ref)}">${nameOfRef(data.$ref)}</a></p>
${propertyList(resolve(openapi, data), kPrefix)}
</div>
<details class="example" open><summary>Example</summary>
<pre><code>${JSON.stringify(exampleOf(openapi, schema), null, 2)}</code></pre>
</details>
</article>
`;
}

export function eventsHtml() {
  const [first] = events;
  return html`<h3 class="group" id="events">What an endpoint gets</h3>
<p>Each event is a POST of JSON, with these headers:</p>
${parameterList(first.parameters, kPrefix)}
<h4>Answers</h4>
<ul class="answers">${first.answers.map(([status, description]) => html`<li><span class="status status-good">${status}</span>
<span>${inline(description)}</span></li>
`)}</ul>
${events.map(eventHtml)}`;
}
