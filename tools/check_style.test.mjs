// The style test goes red where it should, and only there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFile } from './check_style.mjs';
import { cppFunctions, scriptFunctions } from './style/functions.mjs';
import { maskCpp, maskScript } from './style/mask.mjs';

const lines = (count, line = '  work();') => Array(count).fill(line).join('\n');
const rulesOf = (path, text) => checkFile({ path, text }).map((fault) => fault.split(': ')[1]);
const cpp = (text) => cppFunctions(maskCpp(text)).map(({ name, line, length }) => [name, line, length]);
const script = (text) => scriptFunctions(maskScript(text)).map(({ name, length }) => [name, length]);

test('a file of 500 lines passes, one of 501 does not', () => {
  assert.deepEqual(rulesOf('src/a/a.cpp', `${lines(500, '// a')}\n`), []);
  assert.deepEqual(rulesOf('src/a/a.cpp', `${lines(501, '// a')}\n`), ['file-length']);
  assert.deepEqual(rulesOf('web/src/a.svelte', `${lines(501, '<p></p>')}\n`), ['file-length']);
});

test('a function of 70 lines passes, one of 71 does not', () => {
  for (const [path, head] of [['src/a/a.cpp', 'int f() {'], ['tools/a.mjs', 'function f() {'], ['web/src/a.ts', 'const f = async (a: X): Promise<Y> => {']]) {
    assert.deepEqual(rulesOf(path, `${head}\n${lines(68)}\n}\n`), [], path);
    assert.deepEqual(rulesOf(path, `${head}\n${lines(69)}\n}\n`), ['function-length'], path);
  }
  assert.deepEqual(rulesOf('web/src/a.svelte', `<script>\nfunction f() {\n${lines(69)}\n}\n</script>\n`), ['function-length']);
});

test('functions of C++ are found in their shapes', () => {
  assert.deepEqual(cpp('namespace a {\nint f(int x) {\n  return x;\n}\n}'), [['f', 2, 3]]);
  assert.deepEqual(cpp('class A : public B<C> {\n  A(int x) : x_{x}, y_(2) {\n    go();\n  }\n  int g() const override { return 1; }\n};'), [['A', 2, 3], ['g', 5, 1]]);
  assert.deepEqual(cpp('template <class T>\nauto f(T t) -> std::vector<T>\n  requires X<T>\n{\n  return {t};\n}'), [['f', 1, 6]]);
  assert.deepEqual(cpp('bool operator==(const A& a, const A& b) {\n  return true;\n}').map(([, ...rest]) => rest), [[1, 3]]);
  assert.deepEqual(cpp('TEST(A, B) {\n  go();\n}'), [['TEST', 1, 3]]);
  assert.deepEqual(cpp('void f(int a = 1, B b = {}) {\n  go();\n}'), [['f', 1, 3]]);
  assert.deepEqual(cpp('struct Error make(int a) {\n  return {};\n}'), [['make', 1, 3]]);
});

test('tables and types are not functions', () => {
  assert.deepEqual(cpp(`const std::array kTable{\n${lines(90, '  1,')}\n};`), []);
  assert.deepEqual(cpp(`const std::vector<A> kTable = {\n${lines(90, '  {f(1), 2},')}\n};`), []);
  assert.deepEqual(cpp(`struct A {\n${lines(90, '  int a;')}\n};`), []);
  assert.deepEqual(cpp(`enum class A : int {\n${lines(90, '  a,')}\n};`), []);
});

test('braces in literals and comments do not count', () => {
  assert.deepEqual(cpp('void f() {\n  g("}", \'{\'); // }\n  R"(}\n})";\n}'), [['f', 1, 5]]);
  assert.deepEqual(script('function f() {\n  return `}${a({})}` + "}" + /[}/]}/.source; // }\n}'), [['f', 3]]);
});

test('digit separators are not characters', () => {
  assert.deepEqual(cpp("void f() {\n  g(1'000, 2'000);\n}\nvoid h() {\n}"), [['f', 1, 3], ['h', 4, 2]]);
});

test('a group of tests is not one function', () => {
  assert.deepEqual(script(`describe("a", () => {\n${lines(90)}\n});`), []);
  assert.deepEqual(script('test("a", async () => {\n  x();\n});').map(([, length]) => length), [3]);
});

const RED = [
  ['unfinished', 'docs/a.md', 'TO' + 'DO: more'],
  ['machine-path', 'tools/a.mjs', "open('/wo" + "rk/a')"],
  ['machine-path', 'docs/a.md', 'see /ho' + 'me/ana/a'],
  ['registry-host', 'docs/a.md', 'https://registry.n' + 'pmjs.org/a'],
  ['lock-address', 'web/package-lock.json', '      "resolved": "a"'],
  ['mutex', 'src/live/a.cpp', 'std::mutex lock_;'],
  ['mutex', 'src/live/a.hpp', '#pragma once\nstd::shared_mutex lock_;'],
  ['cast', 'src/media/a.cpp', 'auto x = reinterpret_cast<const char*>(p);'],
  ['sleep', 'src/live/a_test.cpp', 'std::this_thread::sleep_for(1s);'],
  ['sleep', 'tests/e2e/a.test.mjs', 'await page.waitForTimeout(100);'],
  ['wall-clock', 'src/orders/a.cpp', 'auto now = std::chrono::system_clock::now();'],
  ['float-money', 'src/orders/a.cpp', 'double price;'],
  ['random', 'src/live/a.cpp', 'int x = rand();'],
  ['using-std', 'src/live/a.cpp', 'using namespace std;'],
  ['markup-from-text', 'web/src/a.svelte', '<p>{@html text}</p>'],
  ['markup-from-text', 'web/src/a.ts', 'element.innerHTML = text;'],
  ['private-made-public', 'src/live/a_test.cpp', '#define private public'],
  ['header', 'src/live/a.hpp', '// a'],
  ['file-name', 'src/live/RoomHost.cpp', '// a'],
];

for (const [rule, path, text] of RED) {
  test(`${rule} is seen in ${path}`, () => assert.deepEqual(rulesOf(path, `${text}\n`), [rule]));
}

const GREEN = [
  ['a mutex of the store', 'src/store/a.cpp', 'std::mutex lock_;'],
  ['a mutex of a test', 'src/live/a_test.cpp', 'std::mutex lock_;'],
  ['a word in a comment', 'src/live/a.cpp', '// not a std::mutex, no reinterpret_cast'],
  ['a generated file', 'web/src/lib/schema.ts', `/** This file was auto-generated. */\n${lines(600, 'x;')}`],
  ['an address of the web', 'src/net/a.cpp', 'auto url = "https://example.org/work/";'],
  ['text content', 'web/src/a.ts', 'element.textContent = text;'],
];

for (const [what, path, text] of GREEN) {
  test(`${what} passes`, () => assert.deepEqual(rulesOf(path, `${text}\n`), []));
}
