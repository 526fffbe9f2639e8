// A checker of auctions of its own: it shares nothing with the program's, and trusts nothing but the log.
import { createHash } from 'node:crypto';

const text = (value) => { const bytes = Buffer.from(value); return Buffer.concat([Buffer.from(`${bytes.length};`), bytes]); };
const number = (value) => Buffer.from(`${value};`);
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const kOffersMax = 3;

function headOf(log) {
  return sha256(text('auction'), number(log.show_id), number(log.auction_id), number(log.product_id), text(log.title), text(log.currency),
    number(log.start_minor), number(log.step_minor), text(log.mode), number(log.extend_s), number(log.opened_at_us),
    number(log.first_close_at_us), number(log.last_close_at_us));
}

function bidFault(log, now, line) {
  const least = now.best === undefined ? log.start_minor : now.best.amount_minor + log.step_minor;
  if (now.end || line.at_us >= now.closes || line.amount_minor < least || line.mark === now.best?.mark || !line.mark) return 'bid';
  now.best = line;
  now.bids.set(line.mark, line.amount_minor);
  const wanted = Math.min(line.at_us + log.extend_s * 1e6, log.last_close_at_us);
  if (log.mode === 'extend' && wanted > now.closes) now.due = wanted;
  return undefined;
}

function offerFault(now, line) {
  const left = [...now.bids].filter(([mark]) => !now.asked.has(mark)).sort(([, a], [, b]) => b - a);
  now.asked.add(line.mark);
  if (line.what === 'offered') now.offers += 1;
  const isNext = left[0]?.[0] === line.mark && left[0][1] === line.amount_minor;
  return now.end === 'closed' && isNext && now.offers <= kOffersMax ? undefined : 'offer';
}

// What does not follow; none: it went by the rules.
export function auctionFault(log) {
  let head = headOf(log);
  let last = log.opened_at_us;
  const now = { closes: log.first_close_at_us, best: undefined, bids: new Map(), asked: new Set(), offers: 0, due: undefined, end: undefined };
  for (const [i, line] of log.lines.entries()) {
    const due = now.due;
    if (line.position !== i + 1 || line.at_us < last) return `line ${i + 1}`;
    head = sha256(text(head), number(line.position), text(line.what), number(line.at_us), text(line.mark), number(line.amount_minor), number(line.closes_at_us));
    if (head.toString('hex') !== line.hash) return `chain at ${i + 1}`;
    if ((due !== undefined) !== (line.what === 'extended')) return `extension at ${i + 1}`;
    let fault;
    if (line.what === 'bid') fault = bidFault(log, now, line);
    else if (line.what === 'extended') [now.closes, now.due] = [due, undefined];
    else if (line.what === 'offered' || line.what === 'passed') fault = offerFault(now, line);
    else if (now.end) fault = 'end';
    else now.end = line.what;
    if (fault) return `${fault} at ${i + 1}`;
    if (line.closes_at_us !== now.closes) return `close at ${i + 1}`;
    last = line.at_us;
  }
  if (now.due !== undefined || !now.end) return 'end';
  return now.end === 'closed' && now.best && now.asked.size === 0 ? 'nobody was offered it' : undefined;
}
