// Red packets that are opened wrongly; a row as in refusals.mjs.
import { packetOf } from './packets.mjs';

const nobody = '999999999999';
const invalid = [422, 'invalid-field'];
const open = (change) => (w) => ['seller', 'POST', `/shows/${w.show.id}/red-packets`, { json: change(packetOf()) }];
const withThe = (member, value) => open((packet) => ({ ...packet, [member]: value }));
const without = (member) => open(({ [member]: _gone, ...packet }) => packet);

export const kPackets = [
  ...['title', 'total', 'envelopes', 'split', 'length_s'].map((member) => [`a red packet without ${member}`, without(member), ...invalid, `/${member}`]),
  ['a red packet of an empty name', withThe('title', ''), ...invalid, '/title'],
  ['a red packet of a name of 61', withThe('title', 'ñ'.repeat(61)), ...invalid, '/title'],
  ['a red packet of nothing', withThe('total', { minor: 0, currency: 'CNY' }), ...invalid, '/total/minor'],
  ['a red packet with less than its envelopes', withThe('total', { minor: 4, currency: 'CNY' }), ...invalid, '/total/minor'],
  ['a red packet in another currency', withThe('total', { minor: 2_000, currency: 'MXN' }), ...invalid, '/total/currency'],
  ['a red packet without envelopes', withThe('envelopes', 0), ...invalid, '/envelopes'],
  ['a red packet of 501 envelopes', withThe('envelopes', 501), ...invalid, '/envelopes'],
  ['a red packet of half envelopes', withThe('envelopes', 1.5), ...invalid, '/envelopes'],
  ['a red packet that is split by taste', withThe('split', 'taste'), ...invalid, '/split'],
  ['a red packet for 9 seconds', withThe('length_s', 9), ...invalid, '/length_s'],
  ['a red packet for 301 seconds', withThe('length_s', 301), ...invalid, '/length_s'],
  ['a red packet from less than nothing', withThe('min_order_minor', -1), ...invalid, '/min_order_minor'],
  ['a red packet that is valid no day', withThe('valid_days', 0), ...invalid, '/valid_days'],
  ['a red packet that is valid 61 days', withThe('valid_days', 61), ...invalid, '/valid_days'],
  ['a red packet with an unknown member', withThe('colour', 'red'), ...invalid, '/colour'],
  ['a red packet of no show', () => ['seller', 'POST', `/shows/${nobody}/red-packets`, { json: packetOf() }], 404, 'show-not-found'],
  ['the red packets of no show', () => ['visitor', 'GET', `/shows/${nobody}/red-packets`], 404, 'show-not-found'],
  ['an end of no red packet', () => ['seller', 'DELETE', `/red-packets/${nobody}`], 404, 'packet-not-found'],
  ['an envelope of no red packet', () => ['device', 'POST', `/red-packets/${nobody}/envelope`], 404, 'packet-not-found'],
  ['the log of no red packet', () => ['visitor', 'GET', `/red-packets/${nobody}/log`], 404, 'packet-not-found'],
];
