// A red packet as a host gives it away: 20.00 CNY in five envelopes.
export const packetOf = (more = {}) => ({ title: 'Luck', total: { minor: 2_000, currency: 'CNY' }, envelopes: 5, split: 'lucky', length_s: 300, ...more });
