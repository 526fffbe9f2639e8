// The two documents of api/ as the page needs them: operations with what they inherit, references followed.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const kApi = new URL('../../../api/', import.meta.url);
const kMethods = ['get', 'post', 'put', 'patch', 'delete'];

export const openapi = parse(readFileSync(new URL('openapi.yaml', kApi), 'utf8'));
export const liveEvents = parse(readFileSync(new URL('live-events.yaml', kApi), 'utf8'));

export const nameOfRef = (ref) => ref.split('/').at(-1);

/** What a node says after its references are followed; `document` is where they lead. */
export function resolve(document, node) {
  let found = node;
  while (found?.$ref) found = found.$ref.slice(2).split('/').reduce((at, part) => at[part], document);
  return found;
}

/** The name of the shared schema that a schema is, or undefined: a reference, or an allOf around a single one. */
export function schemaName(schema) {
  const ref = schema?.$ref ?? (schema?.allOf?.length === 1 ? schema.allOf[0].$ref : undefined);
  return ref && nameOfRef(ref);
}

/** "placeOrder" as people say it: "Place order". */
export function spoken(id) {
  const words = id.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words[0].toUpperCase() + words.slice(1);
}

function body(operation) {
  const content = resolve(openapi, operation.requestBody)?.content;
  return content && { types: Object.keys(content), schema: Object.values(content)[0].schema };
}

function responses(operation) {
  return Object.entries(operation.responses).filter(([status]) => status !== 'default').map(([status, node]) => {
    const response = resolve(openapi, node);
    return {
      status,
      description: response.description,
      schema: response.content && Object.values(response.content)[0].schema,
      headers: Object.entries(response.headers ?? {}).map(([name, header]) => [name, resolve(openapi, header).description]),
    };
  });
}

// The refusals that follow from an operation's shape; its own stand beside it as `x-problems`.
function problems({ operation, method, schemes, parameters, request }) {
  const isIn = (where, name) => parameters.some((p) => p.in === where && (!name || p.name === name));
  return [
    (request?.types.includes('application/json')) && '422 invalid-field',
    isIn('query') && '422 invalid-field',
    schemes.has('session') && '401 signed-out',
    schemes.has('device') && '401 device-unknown',
    operation['x-roles'] && operation['x-roles'].length < 4 && '403 forbidden',
    schemes.has('csrf') && '403 csrf-token-wrong',
    method !== 'GET' && '403 foreign-origin',
...parameters.filter((p) => p.in === 'path').map(missing),
    isIn('header', 'If-Match') && '412 version-mismatch',
    isIn('header', 'If-Match') && '428 precondition-required',
    ...(operation['x-problems'] ?? []),
  ].filter(Boolean).filter((entry, i, all) => all.indexOf(entry) === i).sort();
}

function missing({ name }) {
  const noun = name.replace(/_(?:id|token)$/, '');
  if (noun === 'seq') return false;
  return noun === 'invitation' ? '404 invitation-unknown' : `404 ${noun}-not-found`;
}

export const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  kMethods.filter((method) => item[method]).map((name) => {
    const operation = item[name];
    const made = {
      id: operation.operationId,
      tag: operation.tags[0],
      method: name.toUpperCase(),
      path: openapi.servers[0].url + path,
      operation,
      schemes: new Set((operation.security ?? []).flatMap((requirement) => Object.keys(requirement))),
      parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((node) => resolve(openapi, node)),
      request: body(operation),
      responses: responses(operation),
    };
    return { ...made, problems: problems(made) };
  }));
