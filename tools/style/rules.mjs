// What a file may not hold. Each rule: which files, what, and what to write in its place.

const SOURCE = /\.(?:cpp|hpp|ts|svelte|mjs|js)$/;
const CPP = /^src\/.*\.(?:cpp|hpp)$/;
const CPP_TEST = /(?:_test|_fuzz|_bench)\.cpp$|_suite\.hpp$|_fixture\.hpp$|\/testing\/|^bench\//;
const TEST = /(?:_test\.cpp|\.test\.(?:mjs|ts)|\.spec\.(?:mjs|ts))$|^tests\//;
const LEDGERS = /^src\/(?:base\/money|orders\/|stock\/|flows\/|payments\/|shipping\/|ledger\/)/;
// Spelt so that this file does not hold the words itself.
const word = (...parts) => parts.join('');

// `code`: look at the text without comments and literals.
export const rules = [
  { name: 'unfinished', files: /./, banned: new RegExp(`\\b(?:${word('TO', 'DO')}|${word('FIX', 'ME')})\\b`),
    instead: 'finish it, or say in a sentence what is left out and why' },
  { name: 'machine-path', files: /./, banned: /(?:^|[\s"'`=(:])\/(?:work|home|root|mnt|Users)\/[\w.]/,
    instead: 'a path relative to the project, or one read at run time' },
  { name: 'registry-host', files: /./,
    banned: new RegExp([word('registry\\.n', 'pm'), word('deb\\.de', 'bian'), word('py', 'pi\\.org'), word('crates', '\\.io'), word('proxy\\.go', 'lang')].join('|')),
    instead: "the host's own settings, read at run time" },
  { name: 'lock-address', files: /package-lock\.json$/, banned: /"resolved"/, instead: 'npm install with the .npmrc of the project' },
  { name: 'lock-address', files: /package-lock\.json$/, banned: /https?:\/\/[^"]*\.tgz/, instead: 'npm install with the .npmrc of the project' },
  { name: 'mutex', files: CPP, except: /^src\/(?:base|store|bus)\//, exceptTests: true, code: true,
    banned: /\bstd::(?:recursive_|shared_|timed_)?mutex\b|\bcondition_variable\b/, instead: 'state of one executor; others post messages' },
  { name: 'cast', files: CPP, except: /_fuzz\.cpp$|^src\/store\/sqlite\//, code: true, banned: /\breinterpret_cast\b/,
    instead: 'a checked reader over ByteView' },
  { name: 'sleep', files: TEST, code: true, banned: /\b(?:sleep_for|sleep_until|usleep|nanosleep|waitForTimeout)\b|(?<![\w.])sleep\s*\(/,
    instead: 'wait for the condition' },
  { name: 'wall-clock', files: CPP, except: /^src\/base\/clock\.hpp$|^src\/ops\//, exceptTests: true, code: true,
    banned: /\bsystem_clock::now\b|\bgettimeofday\b|(?<![\w.>:])time\s*\(\s*(?:nullptr|NULL|0)\s*\)/, instead: 'the Clock that was passed in' },
  { name: 'float-money', files: LEDGERS, exceptTests: true, code: true, banned: /\b(?:double|float)\b/, instead: 'int64 minor units' },
  { name: 'random', files: CPP, code: true, banned: /\bstd::rand\b|(?<![\w.>:])s?rand\s*\(/, instead: 'base/random.hpp' },
  { name: 'using-std', files: CPP, code: true, banned: /\busing namespace std\b/, instead: 'the names that are meant' },
  { name: 'markup-from-text', files: /^web\/src\/.*\.(?:ts|svelte|js)$/, banned: /\{@html|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\b/,
    instead: 'elements and text nodes' },
  { name: 'private-made-public', files: /\.(?:cpp|hpp)$/, banned: /#\s*define\s+private\b/, instead: "the class's public face" },
  { name: 'project-talk', files: SOURCE, banned: /\b(?:issue|pull request|PR) #\d+/i, instead: 'the reason itself' },
];

export function isCppTest(path) {
  return CPP_TEST.test(path);
}
