// Prints the JSON lines of the benchmarks as a table: node bench_table.mjs FILE
import { readFileSync } from 'node:fs';

const rows = [];
for (const line of readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (!line.startsWith('{')) continue;
  const { bench, figure, value, unit } = JSON.parse(line);
  const shown = typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : String(value);
  rows.push([bench, figure, shown, unit ?? '']);
}
const head = ['benchmark', 'figure', 'value', 'unit'];
const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
const print = (row) => console.log(row.map((cell, i) => (i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd());
console.log();
print(head);
print(widths.map((width) => '-'.repeat(width)));
rows.forEach(print);
