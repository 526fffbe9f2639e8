// The rooms test goes red where it should, and only there.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkRooms } from './check_rooms.mjs';

const ROOMS = `
geili_room(NAME base PATH base)
geili_room(NAME store PATH store NESTED sqlite DEPENDS base)
geili_room(NAME store_sqlite PATH store/sqlite DEPENDS base store)
geili_room(NAME bus PATH bus DEPENDS base)
geili_room(NAME stock PATH stock DEPENDS base store TEST_LIBS room:store_sqlite)
geili_room(NAME orders PATH orders DEPENDS base store)
geili_room(NAME flows PATH flows DEPENDS base store
  stock orders LIBS Boost::json)
geili_room(NAME net PATH net DEPENDS base)
geili_room(NAME app PATH app DEPENDS base store store_sqlite net flows)
`;

function faultsOf(files, rooms = ROOMS) {
  const root = mkdtempSync(join(tmpdir(), 'geili-rooms-'));
  try {
    for (const [path, text] of Object.entries({ 'src/CMakeLists.txt': rooms, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkRooms(root).faults;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function red(name, says, files, rooms) {
  test(name, () => {
    const faults = faultsOf(files, rooms);
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.match(faults[0], says);
  });
}

test('declared includes pass', () => {
  assert.deepEqual(faultsOf({
    'src/flows/checkout.cpp': '#include "flows/checkout.hpp"\n#include "stock/stock.hpp"\n#include <vector>\n',
    'src/net/server.cpp': '#include <boost/beast/core.hpp>\n',
    'src/stock/stock_test.cpp': '#include "store/sqlite/sqlite.hpp"\n',
    'src/app/main.cpp': '#include "store/sqlite/sqlite.hpp"\n',
  }), []);
});

red('a noun that includes a noun', /orders does not declare stock/, { 'src/orders/orders.cpp': '#include "stock/stock.hpp"\n' });
red('a room that is declared by a neighbour only', /net does not declare store/, { 'src/net/a.cpp': '# include "store/tx.hpp"\n' });
red('a part of a room that is a room of its own', /flows does not declare store\/sqlite/, { 'src/flows/a.cpp': '#include "store/sqlite/sqlite.hpp"\n' });
red("a test's room in a file that is no test", /stock does not declare store\/sqlite/, { 'src/stock/a.cpp': '#include "store/sqlite/sqlite.hpp"\n' });
red('a file in no room', /no room holds this file/, { 'src/new/a.cpp': '' });
red('a relative include', /include by the path below src/, { 'src/net/a.cpp': '#include "../base/id.hpp"\n' });
red("Beast in net's header", /only net\/\*\.cpp includes Beast/, { 'src/net/server.hpp': '#include <boost/beast/core.hpp>\n' });
red('Beast in another room', /only net\/\*\.cpp includes Beast/, { 'src/flows/a.cpp': '#include <boost/beast.hpp>\n' });
red('SQLite outside its backend', /only store\/sqlite includes SQLite/, { 'src/store/a.cpp': '#include <sqlite3.h>\n' });
red('libpq outside its backend', /only store\/postgres includes libpq/, { 'src/store/a.cpp': '#include <libpq-fe.h>\n' });

red('a noun that declares a noun', /orders may not depend on stock/, {}, ROOMS.replace('PATH orders DEPENDS base store', 'PATH orders DEPENDS base store stock'));
red('a noun that declares a backend', /orders may not depend on store\/sqlite/, {}, ROOMS.replace('PATH orders DEPENDS base store', 'PATH orders DEPENDS base store store_sqlite'));
red('a room the design does not name', /names no room misc/, {}, `${ROOMS}geili_room(NAME misc PATH misc DEPENDS base)`);
red('an unknown dependency', /nothing, which is not a room/, {}, ROOMS.replace('NAME net PATH net DEPENDS base', 'NAME net PATH net DEPENDS base nothing'));
red('a nested room that is not named', /must name store\/sqlite as NESTED/, {}, ROOMS.replace('NESTED sqlite', ''));

test('a circle is told besides its forbidden arrow', () => {
  const faults = faultsOf({}, ROOMS.replace('NAME base PATH base', 'NAME base PATH base DEPENDS bus'));
  assert.ok(faults.some((fault) => /base -> bus -> base go in a circle/.test(fault)), faults.join('\n'));
});
