// One operation: who may ask, what to send, what comes back, what is refused, and one exchange as it goes over the wire.
import { openapi, resolve, schemaName, spoken } from './contract.mjs';
import { exampleOf } from './example.mjs';
import { html, inline, paragraphs } from './html.mjs';
import { parameterList, shape, typeHtml } from './schema_html.mjs';

const kPlaces = { path: 'In the path', query: 'In the query', header: 'Headers' };
export const methodBadge = (method) => html`<span class="method method-${method.toLowerCase()}">${method}</span>`;

function who({ operation, schemes }) {
  if (schemes.has('session')) {
    const roles = operation['x-roles'].length === 4 ? 'Everybody who is signed in' : operation['x-roles'].join(', ');
    return html`${roles} <span class="muted">(session cookie${schemes.has('csrf') && html` and <code>X-CSRF-Token</code>`})</span>`;
  }
  if (schemes.has('device')) return html`A buyer’s browser <span class="muted">(device cookie)</span>`;
  return 'Everybody';
}

function parametersHtml({ parameters }) {
  return Object.entries(kPlaces).map(([place, title]) => {
    const here = parameters.filter((p) => p.in === place);
    return here.length > 0 && html`<h4>${title}</h4>\n${parameterList(here, 'schema-')}`;
  });
}

function requestHtml({ request }) {
  return request && html`<h4>Body</h4>
<p class="limits">${request.types.join(', ')}</p>
${!request.schema.contentMediaType && shape(openapi, request.schema, 'schema-')}`;
}

function responsesHtml({ responses }) {
  return html`<h4>Answers</h4>
<ul class="answers">${responses.map(({ status, description, schema, headers }) => html`<li><span class="status status-good">${status}</span>
<span>${inline(description)}${schema && html`: ${typeHtml(schema, 'schema-')}`}${headers.map(([name, text]) =>
    html`<br><span class="muted"><code>${name}</code>: ${inline(text)}</span>`)}</span></li>
`)}</ul>
`;
}

function problemsHtml({ problems }) {
  return problems.length > 0 && html`<h4>Refusals</h4>
<ul class="problems">${problems.map((entry) => {
    const [status, code] = entry.split(' ');
    return html`<li><span class="status">${status}</span> <code>${code}</code></li>
`;
  })}</ul>
`;
}

const jsonText = (schema) => JSON.stringify(exampleOf(openapi, schema), null, 2);

function requestLine({ method, path, parameters }) {
  const exampleAt = (p) => exampleOf(openapi, p.schema, p.name);
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => exampleAt(parameters.find((p) => p.name === name)));
  const asked = parameters.filter((p) => p.in === 'query' && ['status', 'limit'].includes(p.name)).slice(0, 1);
  return `${method} ${filled}${asked.map((p) => `?${p.name}=${exampleAt(p)}`).join('')}`;
}

function requestText(made) {
  const { parameters, request, schemes } = made;
  const headers = parameters.filter((p) => p.in === 'header').map((p) => `${p.name}: ${exampleOf(openapi, p.schema, p.name)}`);
  if (schemes.has('csrf')) headers.push('X-CSRF-Token: q1W2e3R4t5Y6u7I8o9P0aS');
  if (request) headers.push(`Content-Type: ${request.types[0]}`);
  const content = request && (request.schema.contentMediaType ? '…the picture…' : jsonText(request.schema));
  return [requestLine(made), ...headers, ...(content ? ['', content] : [])].join('\n');
}

function exampleHtml(made) {
  const answer = made.responses.find(({ status }) => /^2/.test(status)) ?? made.responses[0];
  const text = answer.schema ? `${answer.status}\nContent-Type: application/json\n\n${jsonText(answer.schema)}` : answer.status;
  return html`<details class="example" open><summary>Example</summary>
<p class="limits">Asked</p>
<pre><code>${requestText(made)}</code></pre>
<p class="limits">Answered</p>
<pre><code>${text}</code></pre>
</details>
`;
}

export function operationHtml(made) {
  const { id, method, path, operation } = made;
  return html`<article class="operation" id="${id}">
<div class="told">
<h3><a href="#${id}">${spoken(id)}</a></h3>
<p class="line">${methodBadge(method)} <code>${path}</code></p>
<p class="summary">${inline(operation.summary)}</p>
${paragraphs(operation.description)}
<p class="who"><strong>Who:</strong> ${who(made)}</p>
${parametersHtml(made)}
${requestHtml(made)}
${responsesHtml(made)}
${problemsHtml(made)}
</div>
${exampleHtml(made)}
</article>
`;
}

/** Every body that the page shows as an example, with the pointer of its schema's name where it has one. */
export function exampleBodies(operations) {
  return operations.flatMap(({ id, request, responses }) => [request?.schema, ...responses.map((r) => r.schema)]
    .filter((schema) => schema && !resolve(openapi, schema).contentMediaType)
    .map((schema) => ({ of: `${id} ${schemaName(schema) ?? ''}`, schema, value: exampleOf(openapi, schema) })));
}
