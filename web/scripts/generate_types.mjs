// Generates the TypeScript types of the contract. With --check it writes nothing and fails when the
// committed files differ. Usage: node scripts/generate_types.mjs [--check]
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const kApi = new URL('../../api/', import.meta.url);
const kOut = new URL('../src/lib/api/', import.meta.url);

async function restTypes() {
  const document = parse(await readFile(new URL('openapi.yaml', kApi), 'utf8'));
  return astToString(await openapiTS(document));
}

// The room's messages are plain JSON Schemas, so an OpenAPI shell around them is enough.
async function roomTypes() {
  const { info, components } = parse(await readFile(new URL('live-events.yaml', kApi), 'utf8'));
  const schemas = structuredClone(components.schemas);
  for (const schema of Object.values(schemas)) delete schema.discriminator;
  return astToString(await openapiTS({ openapi: '3.1.0', info, paths: {}, components: { schemas } }));
}

const kTargets = [
  { name: 'schema.d.ts', source: 'api/openapi.yaml', make: restTypes },
  { name: 'room_schema.d.ts', source: 'api/live-events.yaml', make: roomTypes },
];

const isCheck = process.argv.includes('--check');
let stale = 0;
for (const { name, source, make } of kTargets) {
  const text = `// @generated from ${source} by npm run generate; not edited by hand.\n${await make()}`;
  const file = new URL(name, kOut);
  if (!isCheck) {
    await writeFile(file, text);
    continue;
  }
  if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
  console.error(`src/lib/api/${name} is not what ${source} says. Run: npm run generate`);
  stale += 1;
}
process.exitCode = stale > 0 ? 1 : 0;
