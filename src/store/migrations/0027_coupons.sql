-- Coupons of a shop: so many of them, each taken by a device and spent on one order, which keeps what it took off.

CREATE TABLE coupon (
  id {{id}},
  shop_id {{int}} NOT NULL,
  show_id {{int}},  -- for orders of this show alone
  title TEXT NOT NULL,
  code TEXT,  -- taken by who knows it; without one by a tap in the shop's shows
  percent {{int}} NOT NULL CHECK (percent BETWEEN 0 AND 100),  -- off the goods; 0: an amount
  amount_minor {{int}} NOT NULL CHECK (amount_minor > 0),  -- off, or the most that the percent takes off
  currency TEXT NOT NULL,
  min_order_minor {{int}} NOT NULL CHECK (min_order_minor >= 0),
  units {{int}} NOT NULL CHECK (units > 0),
  taken {{int}} NOT NULL DEFAULT 0 CHECK (taken >= 0 AND taken <= units),
  per_buyer_max {{int}} NOT NULL CHECK (per_buyer_max BETWEEN 1 AND 10),
  valid_from {{int}} NOT NULL,
  valid_until {{int}} NOT NULL CHECK (valid_until > valid_from),
  withdrawn_at {{int}}  -- none is given any more; who has one keeps it
) {{strict}};
CREATE INDEX coupon_by_shop ON coupon (shop_id, id);
CREATE UNIQUE INDEX coupon_by_code ON coupon (shop_id, code) WHERE code IS NOT NULL;

CREATE TABLE coupon_claim (
  id {{id}},
  coupon_id {{int}} NOT NULL REFERENCES coupon (id),
  device_id {{int}} NOT NULL,
  claimed_at {{int}} NOT NULL,
  order_id {{int}}  -- it was spent on; none: it is not, or was given back
) {{strict}};
CREATE INDEX coupon_claim_by_device ON coupon_claim (device_id, coupon_id);
CREATE INDEX coupon_claim_by_coupon ON coupon_claim (coupon_id);

ALTER TABLE shop_order ADD COLUMN discount_minor {{int}} NOT NULL DEFAULT 0 CHECK (discount_minor >= 0);  -- off the goods
ALTER TABLE shop_order ADD COLUMN discount_title TEXT NOT NULL DEFAULT '';
ALTER TABLE shop_order ADD COLUMN coupon_claim_id {{int}};
