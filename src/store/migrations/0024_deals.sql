-- Flash deals: in a show some units of a product cost less for a while. A claim keeps the deal it was made under.

CREATE TABLE deal (
  id {{id}},
  show_id {{int}} NOT NULL,
  product_id {{int}} NOT NULL REFERENCES stock (product_id),
  price_minor {{int}} NOT NULL CHECK (price_minor >= 0),
  currency TEXT NOT NULL,
  units {{int}} NOT NULL CHECK (units > 0),
  taken {{int}} NOT NULL DEFAULT 0 CHECK (taken >= 0 AND taken <= units),  -- by claims, less what was given back
  units_per_buyer_max {{int}} NOT NULL CHECK (units_per_buyer_max BETWEEN 1 AND 99),
  vouchers_max {{int}} NOT NULL CHECK (vouchers_max >= 0),
  announced_at {{int}} NOT NULL,
  starts_at {{int}} NOT NULL,
  ends_at {{int}} NOT NULL CHECK (ends_at > starts_at),
  withdrawn_at {{int}},
  -- open: its end was not told yet; ended: units may still be held under it; settled: no more.
  phase TEXT NOT NULL DEFAULT 'open' CHECK (phase IN ('open', 'ended', 'settled'))
) {{strict}};
CREATE INDEX deal_by_show ON deal (show_id, id);
CREATE UNIQUE INDEX deal_once ON deal (show_id, product_id) WHERE phase = 'open';
CREATE INDEX deal_to_look_after ON deal (phase, ends_at) WHERE phase <> 'settled';

CREATE TABLE deal_buyer (
  deal_id {{int}} NOT NULL REFERENCES deal (id),
  device_id {{int}} NOT NULL,
  taken {{int}} NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (deal_id, device_id)
) {{strict}};

ALTER TABLE claim ADD COLUMN deal_id {{int}};
ALTER TABLE claim ADD COLUMN deal_price_minor {{int}};  -- of one piece; where there is a deal
CREATE INDEX claim_held_under ON claim (deal_id) WHERE state = 'held' AND deal_id IS NOT NULL;

-- So many of its deals are not settled: whoever prices it asks for them only then.
ALTER TABLE product ADD COLUMN deals {{int}} NOT NULL DEFAULT 0 CHECK (deals >= 0);
