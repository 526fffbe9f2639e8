// The documents of api/ themselves, and what is made from them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { kLiveEvents, kOpenapi, kOpenapiText, kOperations, resolvePointer } from '../lib/contract.mjs';
import { kBinary } from '../lib/server.mjs';

const geili = (...args) => execFileSync(kBinary, args, { encoding: 'utf8' });
const kRoot = fileURLToPath(new URL('../../', import.meta.url));

function* nodesOf(value, pointer = '') {
  if (value === null || typeof value !== 'object') return;
  yield [pointer, value];
  for (const [name, member] of Object.entries(value)) {
    yield* nodesOf(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

test('the routes are the operations, no more and no fewer', () => {
  const routes = geili('routes').trim().split('\n').sort();
  const operations = kOperations.map((o) => `${o.method} ${kOpenapi.servers[0].url}${o.path} ${o.id}`).sort();
  assert.deepEqual(routes, operations);
});

test('the program prints the documents as they are', () => {
  assert.equal(geili('openapi'), kOpenapiText);
  assert.equal(geili('live-events'), readFileSync(`${kRoot}api/live-events.yaml`, 'utf8'));
});

for (const [name, document] of Object.entries({ openapi: kOpenapi, 'live-events': kLiveEvents })) {
  test(`${name}: every reference leads somewhere`, () => {
    for (const [pointer, node] of nodesOf(document)) {
      if (typeof node.$ref === 'string') assert.doesNotThrow(() => resolvePointer(document, pointer), pointer);
    }
  });

  test(`${name}: every component is used`, () => {
    const used = new Set([...nodesOf(document)].map(([, node]) => node.$ref).filter(Boolean));
    for (const [kind, members] of Object.entries(document.components)) {
      if (kind === 'securitySchemes') continue;
      for (const member of Object.keys(members)) {
        assert.ok(used.has(`#/components/${kind}/${member}`), `nothing uses #/components/${kind}/${member}`);
      }
    }
  });

  test(`${name}: every schema compiles strictly`, () => {
    // `discriminator` is a word of the documents, not of JSON Schema; properties that a branch of allOf or
    // oneOf requires may be defined beside it.
    const ajv = new Ajv2020.default({ strict: true, strictRequired: false, strictTypes: false,
      keywords: ['discriminator'] });
    addFormats.default(ajv);
    const inPlace = JSON.parse(JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/'));
    for (const schema of Object.keys(inPlace)) {
      assert.doesNotThrow(() => ajv.compile({ $defs: inPlace, $ref: `#/$defs/${schema}` }), schema);
    }
  });

  test(`${name}: an object says what else it may hold`, () => {
    for (const [pointer, node] of nodesOf(document)) {
      if (node.type === 'object' && node.properties) {
        assert.ok(node.additionalProperties !== undefined, `${pointer} does not say additionalProperties`);
        for (const required of node.required ?? []) assert.ok(node.properties[required], `${pointer}: ${required}`);
      }
    }
  });
}

test('every operation says what a reader needs', () => {
  const ids = new Set();
  const tags = new Set(kOpenapi.tags.map((tag) => tag.name));
  for (const { id, operation, path, method, parameters, names } of kOperations) {
    const name = `${method} ${path}`;
    assert.match(id ?? '', /^[a-z][A-Za-z]+$/, name);
    assert.ok(!ids.has(id), `${id} twice`);
    ids.add(id);
    assert.ok(operation.summary?.length > 2, `${name}: no summary`);
    assert.equal(operation.tags?.length, 1, `${name}: tags`);
    assert.ok(tags.has(operation.tags[0]), `${name}: ${operation.tags[0]} is not a tag`);
    assert.ok(operation.responses.default, `${name}: no default response`);
    assert.ok(Object.keys(operation.responses).some((status) => /^[1-3]/.test(status)), `${name}: no success`);
    const declared = parameters.filter((p) => p.in === 'path').map((p) => p.name);
    assert.deepEqual([...declared].sort(), [...names].sort(), `${name}: path parameters`);
    for (const parameter of parameters) assert.ok(parameter.schema, `${name}: ${parameter.name} has no schema`);
    const needsSession = operation.security?.some((s) => s.session);
    const needsCsrf = operation.security?.some((s) => s.csrf);
    assert.equal(Boolean(needsCsrf), Boolean(needsSession) && method !== 'GET', `${name}: csrf`);
    for (const requirement of operation.security ?? []) {
      for (const scheme of Object.keys(requirement)) assert.ok(kOpenapi.components.securitySchemes[scheme], scheme);
    }
  }
});

test('what an endpoint may choose, and the test of it, is described as an event', () => {
  const { schemas } = kOpenapi.components;
  assert.deepEqual(Object.keys(kOpenapi.webhooks), [...schemas.WebhookEvent.enum, 'webhook.test']);
  for (const [type, { post }] of Object.entries(kOpenapi.webhooks)) {
    const { node } = resolvePointer(kOpenapi, `/webhooks/${type}/post/requestBody/content/application~1json/schema`);
    assert.equal(node.properties.type.const, type);
    assert.ok(post.summary.length > 2, type);
  }
});

test('the events and commands of a room are told apart by type', () => {
  const { schemas } = kLiveEvents.components;
  for (const union of ['Event', 'Command']) {
    const types = schemas[union].oneOf.map(({ $ref }) => schemas[$ref.split('/').at(-1)].properties.type.const);
    assert.equal(new Set(types).size, types.length, union);
    assert.ok(types.every(Boolean), union);
  }
});

test('what both documents define is the same in both', () => {
  const [rest, room] = [kOpenapi.components.schemas, kLiveEvents.components.schemas];
  for (const name of ['Id', 'Instant', 'ShowStatus']) {
    const { description: _, ...schema } = rest[name];
    assert.deepEqual(room[name], schema, name);
  }
});

test('the types of the web application are those of the documents', { skip: !existsSync(`${kRoot}web/node_modules`) && 'web/ is not installed' }, () => {
  const run = spawnSync('npm', ['--prefix', `${kRoot}web`, 'run', '--silent', 'check:generated'], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stdout + run.stderr);
});

test('the examples of the API page fit their schemas', { skip: !existsSync(`${kRoot}web/node_modules`) && 'web/ is not installed' }, async () => {
  const { exampleBodies } = await import('../../web/scripts/api_docs/operation_html.mjs');
  const { operations } = await import('../../web/scripts/api_docs/contract.mjs');
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(kOpenapi, 'openapi');
  const inDocument = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/'));
  const { events } = await import('../../web/scripts/api_docs/event_html.mjs');
  const { exampleOf } = await import('../../web/scripts/api_docs/example.mjs');
  const told = events.map(({ type, schema }) => ({ of: type, schema, value: exampleOf(kOpenapi, schema) }));
  const bodies = [...exampleBodies(operations), ...told];
  assert.ok(bodies.length >= operations.length);
  for (const { of, schema, value } of bodies) {
    const fits = ajv.compile(inDocument(schema));
    assert.ok(fits(value), `${of}: ${ajv.errorsText(fits.errors)}\n${JSON.stringify(value)}`);
  }
});
