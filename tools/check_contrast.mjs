// Reads the colour tokens and fails when a pair that carries text (4.5:1) or bounds a control (3:1)
// falls below WCAG 2.2 AA in either theme. Usage: node tools/check_contrast.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kTokensPath = fileURLToPath(new URL('../web/src/lib/styles/tokens.css', import.meta.url));
const kTextRatioMin = 4.5;
const kControlRatioMin = 3;

const kGrounds = ['bg', 'surface', 'raised', 'sunken', 'hover'];
const kTextOnEveryGround = [
  'ink', 'ink-2', 'ink-3', 'lagoon-ink', 'cinnabar-ink', 'jade-ink', 'amber-ink', 'rock-ink',
];
const kHues = ['lagoon', 'cinnabar', 'jade', 'amber', 'rock'];
const kHoverFills = ['lagoon', 'cinnabar'];

function* pairs() {
  for (const text of kTextOnEveryGround) {
    for (const ground of kGrounds) yield [text, ground, kTextRatioMin];
  }
  for (const hue of kHues) {
    yield [`on-${hue}`, hue, kTextRatioMin];
    yield [`${hue}-ink`, `${hue}-wash`, kTextRatioMin];
    yield ['ink', `${hue}-wash`, kTextRatioMin];
    yield ['ink-2', `${hue}-wash`, kTextRatioMin];
  }
  for (const hue of kHoverFills) yield [`on-${hue}`, `${hue}-hover`, kTextRatioMin];
  for (const ground of ['bg', 'surface', 'raised']) {
    yield ['line-strong', ground, kControlRatioMin];
    yield ['focus', ground, kControlRatioMin];
    yield ['cinnabar', ground, kControlRatioMin];
  }
}

function read_colours(css) {
  const themes = { light: {}, dark: {} };
  const token =
    /--color-([\w-]+):\s*var\(--if-light,\s*(#[0-9a-f]{6})\)\s*var\(--if-dark,\s*(#[0-9a-f]{6})\)/g;
  for (const [, name, light, dark] of css.matchAll(token)) {
    themes.light[name] = light;
    themes.dark[name] = dark;
  }
  return themes;
}

// Opaque ink over a translucent veil is worst over a white picture.
function over_white(rgb, alpha) {
  return rgb.map((channel) => channel * alpha + 255 * (1 - alpha));
}

function channels(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((channel) => {
    const s = channel / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function check_theme(name, colours) {
  const failures = [];
  let lowest = Infinity;
  for (const [front, back, ratio_min] of pairs()) {
    if (!colours[front] || !colours[back]) {
      failures.push(`${name}: no token --color-${colours[front] ? back : front}`);
      continue;
    }
    const found = ratio(channels(colours[front]), channels(colours[back]));
    if (ratio_min === kTextRatioMin) lowest = Math.min(lowest, found);
    if (found < ratio_min) {
      failures.push(`${name}: ${front} on ${back} is ${found.toFixed(2)}, needs ${ratio_min}`);
    }
  }
  return { failures, lowest };
}

function check_video(css) {
  const failures = [];
  const ink = css.match(/--video-ink-2:\s*(#[0-9a-f]{6})/)[1];
  for (const [, name, r, g, b, alpha] of css.matchAll(
    /--(video-glass[\w-]*): rgb\((\d+) (\d+) (\d+) \/ ([\d.]+)\)/g,
  )) {
    const glass = over_white([r, g, b].map(Number), Number(alpha));
    const found = ratio(channels(ink), glass);
    if (found < kTextRatioMin) failures.push(`video-ink-2 on ${name} over white is ${found.toFixed(2)}`);
  }
  return failures;
}

const css = readFileSync(kTokensPath, 'utf8');
const failures = check_video(css);
for (const [name, colours] of Object.entries(read_colours(css))) {
  const result = check_theme(name, colours);
  failures.push(...result.failures);
  console.log(`${name}: ${[...pairs()].length} pairs, lowest text contrast ${result.lowest.toFixed(2)}`);
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
