-- Auctions of a show: one unit, set apart while bids rise; every step is a line in a chain of hashes. What was won, by
-- a bid or in a draw, is held for its winner at a price of its own.

CREATE TABLE auction (
  id {{id}},
  show_id {{int}} NOT NULL REFERENCES show (id),
  product_id {{int}} NOT NULL,
  title TEXT NOT NULL,  -- as it was when it was opened
  currency TEXT NOT NULL,
  start_minor {{int}} NOT NULL CHECK (start_minor > 0),
  step_minor {{int}} NOT NULL CHECK (step_minor > 0),
  mode TEXT NOT NULL CHECK (mode IN ('extend', 'sudden_death')),
  extend_s {{int}} NOT NULL CHECK (extend_s >= 0),
  opened_at {{int}} NOT NULL,
  first_close_at {{int}} NOT NULL,  -- as announced
  last_close_at {{int}} NOT NULL,  -- however often it is extended
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'cancelled')),
  closes_at {{int}} NOT NULL,
  ended_at {{int}},
  unit_claim_id {{int}} NOT NULL,  -- sets the unit apart while it is open
  bid_count {{int}} NOT NULL DEFAULT 0,
  line_count {{int}} NOT NULL DEFAULT 0,
  last_at {{int}} NOT NULL,  -- of the newest line
  head {{bytes}} NOT NULL  -- of the newest line, else of the auction's terms
) {{strict}};
CREATE INDEX auction_by_show ON auction (show_id, id);
CREATE UNIQUE INDEX auction_open_once ON auction (show_id) WHERE state = 'open';
CREATE INDEX auction_open_of ON auction (product_id) WHERE state = 'open';
CREATE INDEX auction_to_close ON auction (closes_at) WHERE state = 'open';

CREATE TABLE auction_line (
  auction_id {{int}} NOT NULL REFERENCES auction (id),
  position {{int}} NOT NULL,  -- 1, 2, 3, …
  what TEXT NOT NULL CHECK (what IN ('bid', 'extended', 'closed', 'cancelled', 'offered', 'passed')),
  logged_at {{int}} NOT NULL,
  mark TEXT NOT NULL,  -- of the bidder, for all of the own bids; empty where nobody is meant
  amount_minor {{int}} NOT NULL,
  closes_at {{int}} NOT NULL,  -- from then on
  hash {{bytes}} NOT NULL,  -- of the one before, and of this
  device_id {{int}},
  name TEXT,
  idempotency_key TEXT,  -- of a bid
  PRIMARY KEY (auction_id, position)
) {{strict}};
CREATE INDEX auction_line_by_device ON auction_line (auction_id, device_id, position);
CREATE UNIQUE INDEX auction_bid_once ON auction_line (auction_id, device_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;

-- What a claim was won by: the price is the bid's, or nothing for the prize of a draw.
ALTER TABLE claim ADD COLUMN won_by TEXT CHECK (won_by IN ('auction', 'draw'));
ALTER TABLE claim ADD COLUMN won_id {{int}};
ALTER TABLE claim ADD COLUMN won_price_minor {{int}};
CREATE INDEX claim_won ON claim (won_by, won_id) WHERE won_by IS NOT NULL;
