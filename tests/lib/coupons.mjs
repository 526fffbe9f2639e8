// A coupon as a shop makes it.
export const couponOf = (more = {}) => ({ title: 'Autumn', amount: { minor: 500, currency: 'CNY' }, units: 50,
  valid_until: new Date(Date.now() + 3600_000).toISOString(), ...more });
