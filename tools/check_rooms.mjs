// Holds the arrows between rooms: node tools/check_rooms.mjs [ROOT]
//
// src/CMakeLists.txt declares what each room depends on; every #include of src/ is compared with it, and
// the declarations themselves with the design (ALLOWED).
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFiles, report } from './style/files.mjs';

const NOUNS = ['identity', 'catalog', 'stock', 'shows', 'orders', 'shipping', 'payments', 'ledger', 'webhooks', 'push', 'restreams', 'trade', 'village', 'academy'];
const CORE = ['base', 'crypto', 'store', 'bus'];

// What a room may declare at most; see docs/adr/0002-rooms-and-arrows.md. A room below another (media/rtp)
// has the arrows of the one above and may use it and its other parts.
export const ALLOWED = {
  base: [],
  crypto: ['base'],
  store: ['base', 'crypto'],
  'store/sqlite': ['base', 'store'],
  'store/postgres': ['base', 'store'],
  bus: ['base'],
  'bus/local': ['base', 'bus'],
  'bus/nats': ['base', 'bus'],
  net: ['base'],
  media: ['base'],
  paper: ['base'],
  live: ['base', 'bus'],
  ops: ['base'],
  translation: ['base'],
  ...Object.fromEntries(NOUNS.map((noun) => [noun, [...CORE, 'paper']])),
  flows: [...CORE, 'paper', ...NOUNS],
  api: [...CORE, 'paper', ...NOUNS, 'flows', 'live', 'media', 'net', 'translation'],
  app: ['*'],
};

// Libraries whose headers only some files may see.
const KEPT_HEADERS = [
  { header: /^boost\/beast/, only: /^src\/net\/.*\.cpp$/, why: 'only net/*.cpp includes Beast' },
  { header: /^sqlite3\.h$/, only: /^src\/store\/sqlite\//, why: 'only store/sqlite includes SQLite' },
  { header: /^libpq-fe\.h$/, only: /^src\/store\/postgres\//, why: 'only store/postgres includes libpq' },
  { header: /^(?:spdlog|prometheus|toml\+\+)\//, only: /^src\/ops\//, why: 'only ops includes this library' },
  { header: /^curl\//, only: /^src\/app\/.*\.cpp$/, why: 'only app/*.cpp includes libcurl' },
  { header: /^CLI\//, only: /^src\/app\//, why: 'only app includes CLI11' },
  { header: /^vips\//, only: /^src\/catalog\/.*\.cpp$/, why: 'only catalog/*.cpp includes libvips' },
  { header: /^(?:cairo|pango)/, only: /^src\/paper\//, why: 'only paper includes Cairo and Pango' },
  { header: /^libav|^libsw/, only: /^src\/media\//, why: 'only media includes FFmpeg' },
  { header: /^srt\//, only: /^src\/media\/(?:ingest\/srt|testing)\/.*\.cpp$/, why: 'only media/ingest/srt/*.cpp includes libsrt' },
];

export function parseRooms(cmake) {
  const rooms = [];
  for (const [, body] of cmake.replace(/#[^\n]*/g, '').matchAll(/\bgeili_room\(([^)]*)\)/g)) {
    const room = { NAME: [], PATH: [], DEPENDS: [], LIBS: [], TEST_LIBS: [], NESTED: [] };
    let key = null;
    for (const token of body.split(/\s+/).filter(Boolean)) {
      if (token in room) key = token;
      else if (key !== null) room[key].push(token);
    }
    rooms.push({
      name: room.NAME[0], path: room.PATH[0], depends: room.DEPENDS, nested: room.NESTED,
      testDepends: room.TEST_LIBS.filter((lib) => /^(?:room:|geili_)/.test(lib)).map((lib) => lib.replace(/^(?:room:|geili_)/, '')),
    });
  }
  return rooms;
}

const isTest = (path) => /(?:_test|_fuzz|_bench)\.cpp$|(?:_suite|_fixture|_testing)\.hpp$|\/test_[^/]*\.hpp$|\/testing\//.test(path);

// The room that a path below src/ lies in: the one with the longest path.
function roomOf(rooms, path) {
  return rooms.filter((room) => path.startsWith(`${room.path}/`)).sort((a, b) => b.path.length - a.path.length)[0];
}

function allowedFor(path) {
  for (let at = path; at !== '.'; at = dirname(at)) {
    if (at in ALLOWED) return ALLOWED[at];
  }
  return undefined;
}

function declarationFaults(rooms) {
  const faults = [];
  const byName = new Map(rooms.map((room) => [room.name, room]));
  for (const room of rooms) {
    const allowed = allowedFor(room.path);
    if (allowed === undefined) {
      faults.push(`src/CMakeLists.txt: the design names no room ${room.path}; give it its arrows in tools/check_rooms.mjs, and say why in an ADR`);
      continue;
    }
    for (const name of room.depends) {
      const other = byName.get(name);
      if (other === undefined) {
        faults.push(`src/CMakeLists.txt: ${room.name} depends on ${name}, which is not a room`);
        continue;
      }
      const top = room.path.split('/')[0];
      const family = room.path.includes('/') && other.path.split('/')[0] === top && !(room.path in ALLOWED);
      if (!family && !allowed.includes('*') && !allowed.includes(other.path)) {
        faults.push(`src/CMakeLists.txt: ${room.path} may not depend on ${other.path}; its arrows: ${allowed.join(', ') || 'none'}`);
      }
    }
    for (const other of rooms) {
      if (other.path.startsWith(`${room.path}/`) && !room.nested.includes(other.path.slice(room.path.length + 1))) {
        faults.push(`src/CMakeLists.txt: ${room.name} must name ${other.path} as NESTED`);
      }
    }
  }
  return faults;
}

function cycleFaults(rooms) {
  const byName = new Map(rooms.map((room) => [room.name, room]));
  const faults = [];
  const state = new Map();
  const visit = (name, trail) => {
    if (state.get(name) === 'done' || !byName.has(name)) return;
    if (state.get(name) === 'open') {
      faults.push(`src/CMakeLists.txt: the rooms ${[...trail.slice(trail.indexOf(name)), name].join(' -> ')} go in a circle`);
      return;
    }
    state.set(name, 'open');
    for (const next of byName.get(name).depends) visit(next, [...trail, name]);
    state.set(name, 'done');
  };
  for (const room of rooms) visit(room.name, []);
  return faults;
}

function includeFault(rooms, room, path, target) {
  const other = roomOf(rooms, target);
  if (other === undefined) return `"${target}" is in no room; include by the path below src/`;
  if (other === room || room.depends.includes(other.name)) return null;
  if (isTest(path) && room.testDepends.includes(other.name)) return null;
  return `${room.path} does not declare ${other.path} ("${target}")`;
}

function fileFaults(rooms, { path, text }) {
  const room = roomOf(rooms, path.slice('src/'.length));
  if (room === undefined) return [`${path}: no room holds this file; declare one in src/CMakeLists.txt`];
  const faults = [];
  text.split('\n').forEach((line, i) => {
    const [, quoted, angled] = line.match(/^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/) ?? [];
    const fault = quoted === undefined ? null : includeFault(rooms, room, path, quoted);
    if (fault !== null) faults.push(`${path}:${i + 1}: ${fault}`);
    for (const kept of KEPT_HEADERS) {
      if (kept.header.test(angled ?? quoted ?? '') && !kept.only.test(path)) faults.push(`${path}:${i + 1}: ${kept.why}`);
    }
  });
  return faults;
}

export function checkRooms(root) {
  const cmake = readFileSync(join(root, 'src/CMakeLists.txt'), 'utf8');
  const rooms = parseRooms(cmake);
  const files = existsSync(join(root, 'src')) ? projectFiles(root, /\.(?:cpp|hpp)$/).filter(({ path }) => path.startsWith('src/')) : [];
  const faults = [...declarationFaults(rooms), ...cycleFaults(rooms), ...files.flatMap((file) => fileFaults(rooms, file))];
  return { faults, looked: `${rooms.length} rooms, ${files.length} files` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { faults, looked } = checkRooms(process.argv[2] ?? resolve(dirname(fileURLToPath(import.meta.url)), '..'));
  report('rooms', faults, looked);
}
