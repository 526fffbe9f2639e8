-- Units may be held for a buyer until a time; who comes too late waits in line; and what was taken in a show is
-- logged in a chain of hashes that anybody can check.

ALTER TABLE claim ADD COLUMN state TEXT NOT NULL DEFAULT 'claimed'
  CHECK (state IN ('held', 'claimed', 'released', 'expired'));
ALTER TABLE claim ADD COLUMN show_id {{int}};
ALTER TABLE claim ADD COLUMN device_id {{int}};
ALTER TABLE claim ADD COLUMN held_until {{int}};
ALTER TABLE claim ADD COLUMN token TEXT;  -- its buyer's secret; the log shows a hash of it
UPDATE claim SET state = 'released' WHERE released_at IS NOT NULL;
CREATE INDEX claim_held_until ON claim (held_until) WHERE state = 'held';
CREATE INDEX claim_held_by ON claim (device_id, product_id) WHERE state = 'held';

-- What a show may sell of a product, and has.
CREATE TABLE show_stock (
  show_id {{int}} NOT NULL,
  product_id {{int}} NOT NULL,
  claims {{int}} NOT NULL DEFAULT 0,  -- that were ever made
  taken {{int}} NOT NULL DEFAULT 0 CHECK (taken >= 0),  -- units, less what was given back
  last_claim_at {{int}},
  units_max {{int}} CHECK (units_max >= 0),
  units_per_buyer_max {{int}} CHECK (units_per_buyer_max > 0),
  PRIMARY KEY (show_id, product_id),
  CHECK (units_max IS NULL OR taken <= units_max)
) {{strict}};

-- Kept for products with a limit for each buyer.
CREATE TABLE show_buyer (
  show_id {{int}} NOT NULL,
  product_id {{int}} NOT NULL,
  device_id {{int}} NOT NULL,
  taken {{int}} NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (show_id, product_id, device_id)
) {{strict}};

CREATE TABLE waitlist (
  id {{id}},
  product_id {{int}} NOT NULL,
  show_id {{int}},
  device_id {{int}} NOT NULL,
  quantity {{int}} NOT NULL CHECK (quantity > 0),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'left', 'lapsed')),
  joined_at {{int}} NOT NULL,
  claim_id {{int}}  -- the units it was offered
) {{strict}};
CREATE INDEX waitlist_in_line ON waitlist (product_id, id) WHERE state = 'waiting';
CREATE UNIQUE INDEX waitlist_once ON waitlist (device_id, product_id) WHERE state = 'waiting';
CREATE INDEX waitlist_by_device ON waitlist (device_id, id);

CREATE TABLE claim_chain (
  show_id {{int}} PRIMARY KEY,
  position {{int}} NOT NULL,
  hash {{bytes}} NOT NULL
) {{strict}};

CREATE TABLE claim_log (
  show_id {{int}} NOT NULL,
  position {{int}} NOT NULL,  -- 1, 2, 3, …
  what TEXT NOT NULL CHECK (what IN ('held', 'claimed', 'confirmed', 'released', 'expired')),
  mark TEXT NOT NULL,  -- of the claim, for all that happens to it
  product_id {{int}} NOT NULL,
  quantity {{int}} NOT NULL,
  logged_at {{int}} NOT NULL,
  hash {{bytes}} NOT NULL,  -- of the one before, and of this
  PRIMARY KEY (show_id, position)
) {{strict}};
