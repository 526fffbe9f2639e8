// A checker of draws of its own: it shares nothing with the program's, and trusts nothing but the log.
import { createHash } from 'node:crypto';

const text = (value) => { const bytes = Buffer.from(value); return Buffer.concat([Buffer.from(`${bytes.length};`), bytes]); };
const number = (value) => Buffer.from(`${value};`);
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

// What does not follow; none: the draw was fair.
export function drawFault(log) {
  const seed = Buffer.from(log.seed, 'hex');
  const commitment = sha256(text(seed));
  if (commitment.toString('hex') !== log.commitment) return 'commitment';
  let head = sha256(text('draw'), number(log.show_id), number(log.draw_id), text(log.prize), number(log.winners_max), number(log.opened_at_us),
    text(commitment));
  for (const [i, entry] of log.entries.entries()) {
    if (entry.number !== i + 1) return `entry ${i + 1}`;
    head = sha256(text(head), number(entry.number), text(entry.mark), number(entry.entered_at_us));
    if (head.toString('hex') !== entry.hash) return `chain at ${i + 1}`;
  }
  if (log.is_cancelled) return log.winners.length > 0 ? 'winners' : undefined;
  const entries = BigInt(log.entries.length);
  const winners = [];
  for (let turn = 1; winners.length < Math.min(log.winners_max, log.entries.length); turn += 1) {
    const x = sha256(text(seed), text(head), number(turn)).readBigUInt64BE();
    const whole = 2n ** 64n - (2n ** 64n % entries);
    const drawn = String(x % entries + 1n);
    if (x < whole && !winners.includes(drawn)) winners.push(drawn);
  }
  return winners.join() === log.winners.join() ? undefined : 'winners';
}
