// The two documents of api/ as validators: what may be asked, what may be answered, what may be told.
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const kApi = new URL('../../api/', import.meta.url);

export const kOpenapiText = readFileSync(new URL('openapi.yaml', kApi), 'utf8');
export const kOpenapi = parse(kOpenapiText);
export const kLiveEvents = parse(readFileSync(new URL('live-events.yaml', kApi), 'utf8'));

// The documents hold schemas among words that JSON Schema does not know, so strict mode is off here; the
// lint test compiles each schema strictly.
const ajv = new Ajv2020.default({ strict: false, allErrors: true, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema(kOpenapi, 'openapi');
ajv.addSchema(kLiveEvents, 'live-events');

const kMethods = ['get', 'post', 'put', 'patch', 'delete'];

export const escapePointer = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');

// The node at a JSON Pointer, and the pointer of what it refers to in the end.
export function resolvePointer(document, pointer) {
  let node = document;
  let at = '';
  for (const part of pointer.split('/').slice(1)) {
    while (node?.$ref) [node, at] = follow(document, node.$ref);
    node = node?.[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    at += `/${part}`;
    if (node === undefined) throw new Error(`Nothing at ${pointer}`);
  }
  while (node.$ref) [node, at] = follow(document, node.$ref);
  return { node, pointer: at };
}

function follow(document, ref) {
  if (!ref.startsWith('#/')) throw new Error(`Not a reference into the document: ${ref}`);
  const { node, pointer } = resolvePointer(document, ref.slice(1));
  return [node, pointer];
}

const compiled = new Map();

function validatorAt(document, pointer) {
  const key = `${document}#${pointer.split('/').map(encodeURIComponent).join('/')}`;
  if (!compiled.has(key)) compiled.set(key, ajv.compile({ $ref: key }));
  return compiled.get(key);
}

// The faults of a value as lines of text; empty when it fits.
function faultsOf(document, pointer, value, what) {
  const validate = validatorAt(document, pointer);
  if (validate(value)) return [];
  return validate.errors.map((e) => `${what}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}

function parametersOf(pathPointer, operationPointer) {
  const found = [];
  for (const base of [pathPointer, operationPointer]) {
    const list = resolvePointer(kOpenapi, base).node.parameters ?? [];
    list.forEach((_, i) => found.push(resolvePointer(kOpenapi, `${base}/parameters/${i}`)));
  }
  return found.map(({ node, pointer }) => ({ ...node, schemaPointer: `${pointer}/schema` }));
}

// [{method, path, id, pattern, pointer, parameters, responses, …}] of every operation.
export const kOperations = Object.entries(kOpenapi.paths).flatMap(([path, item]) =>
  kMethods.filter((method) => item[method]).map((method) => {
    const pathPointer = `/paths/${escapePointer(path)}`;
    const pointer = `${pathPointer}/${method}`;
    return {
      method: method.toUpperCase(),
      path,
      id: item[method].operationId,
      pointer,
      operation: item[method],
      parameters: parametersOf(pathPointer, pointer),
      names: [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]),
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
    };
  }));

const kBase = kOpenapi.servers[0].url;

// The operation of a request; a literal segment wins over a parameter, as in the router.
export function findOperation(method, pathname) {
  if (!pathname.startsWith(`${kBase}/`)) return undefined;
  const path = pathname.slice(kBase.length);
  return kOperations
    .filter((o) => o.method === method && o.pattern.test(path))
    .sort((a, b) => a.names.length - b.names.length)[0];
}

function coerced(text, pointer) {
  const { node } = resolvePointer(kOpenapi, pointer);
  if (node.type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (node.type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

function parameterFaults(operation, url, headers) {
  const values = operation.pattern.exec(url.pathname.slice(kBase.length)).slice(1);
  const faults = [];
  for (const parameter of operation.parameters) {
    const value = {
      path: () => decodeURIComponent(values[operation.names.indexOf(parameter.name)]),
      query: () => url.searchParams.get(parameter.name) ?? undefined,
      header: () => headers[parameter.name.toLowerCase()],
    }[parameter.in]();
    if (value === undefined) {
      if (parameter.required) faults.push(`${parameter.name} is missing`);
      continue;
    }
    const typed = coerced(value, parameter.schemaPointer);
    faults.push(...faultsOf('openapi', parameter.schemaPointer, typed, parameter.name));
  }
  const known = new Set(operation.parameters.filter((p) => p.in === 'query').map((p) => p.name));
  for (const name of url.searchParams.keys()) if (!known.has(name)) faults.push(`${name} is not a parameter`);
  return faults;
}

const mediaType = (headers) => (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

function bodyFaults(operation, headers, body) {
  if (!operation.operation.requestBody) return body.length === 0 ? [] : ['a body is not foreseen'];
  const { node, pointer } = resolvePointer(kOpenapi, `${operation.pointer}/requestBody`);
  if (!node.required && body.length === 0) return [];
  const type = mediaType(headers);
  if (!node.content[type]) return [`a body of type "${type}" is not foreseen`];
  if (type !== 'application/json') return [];
  return faultsOf('openapi', `${pointer}/content/application~1json/schema`, JSON.parse(body), 'request body');
}

// What is wrong with a request, by the document; empty when it is one that may be sent.
export function requestFaults(operation, url, headers, body) {
  return [...parameterFaults(operation, url, headers), ...bodyFaults(operation, headers, body)];
}

function problemFaults(response) {
  const faults = faultsOf('openapi', '/components/schemas/Problem', response.json, 'problem');
  if (response.json?.status !== response.status) faults.push(`the problem says status ${response.json?.status}`);
  if (!/^\/problems\/[a-z0-9-]+$/.test(response.json?.type)) faults.push(`type ${response.json?.type}`);
  return faults;
}

function headerFaults(declared, response) {
  const faults = [];
  if (declared?.ETag && !/^"[^"]+"$/.test(response.headers.etag ?? '')) faults.push('no ETag');
  if (declared?.Location && !response.headers.location) faults.push('no Location');
  if (declared?.Link) {
    const cursor = response.json?.next_cursor;
    const isLinked = /^<[^>]*[?&]cursor=[^>]+>; rel="next"$/.test(response.headers.link ?? '');
    if (isLinked !== (cursor !== undefined)) faults.push(`Link ${response.headers.link}, cursor ${cursor}`);
  }
  return faults;
}

// What is wrong with an answer ({status, headers, body, json}), by the document.
export function responseFaults(operation, response) {
  const named = operation?.operation.responses[response.status] !== undefined;
  if (!named) {
    if (response.status < 400) return ['the status is not in the document'];
    if (mediaType(response.headers) !== 'application/problem+json') return ['not application/problem+json'];
    return problemFaults(response);
  }
  const { node, pointer } = resolvePointer(kOpenapi, `${operation.pointer}/responses/${response.status}`);
  if (!node.content) return response.body.length === 0 ? [] : ['there is a body'];
  const type = mediaType(response.headers);
  if (!node.content[type]) return [`the type is "${type}"`];
  const value = /[/+]json$/.test(type) ? response.json : response.body.toString();
  return [
    ...faultsOf('openapi', `${pointer}/content/${escapePointer(type)}/schema`, value, 'response'),
    ...headerFaults(node.headers, response),
  ];
}

// What is wrong with what an endpoint got ({headers, body}), by the document.
export function eventFaults({ headers, body }) {
  const message = JSON.parse(body);
  const event = kOpenapi.webhooks[message.type];
  if (!event) return [`${message.type} is not an event of the document`];
  const pointer = `/webhooks/${message.type}/post`;
  const faults = faultsOf('openapi', `${pointer}/requestBody/content/application~1json/schema`, message, message.type);
  event.post.parameters.forEach((_, i) => {
    const { node, pointer: at } = resolvePointer(kOpenapi, `${pointer}/parameters/${i}`);
    const value = coerced(headers[node.name] ?? '', `${at}/schema`);
    faults.push(...faultsOf('openapi', `${at}/schema`, value, node.name));
  });
  return faults;
}

export const frameFaults = (frame) => faultsOf('live-events', '/components/schemas/ServerFrame', frame, 'frame');
export const commandFaults = (command) => faultsOf('live-events', '/components/schemas/Command', command, 'command');
