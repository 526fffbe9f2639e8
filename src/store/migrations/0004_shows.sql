-- Live shows: their times, their bag, what is pinned and what was sold.

CREATE TABLE show (
  id {{id}},
  shop_id {{int}} NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'live', 'ended')),
  starts_at {{int}} NOT NULL,
  started_at {{int}},
  ended_at {{int}},
  -- Lists are in the order of (list_rank, list_at, id): live (0), scheduled (1), ended (2).
  list_rank {{int}} NOT NULL,
  list_at {{int}} NOT NULL,  -- a time, negative where the newest comes first
  pinned_product_id {{int}},
  sold_count {{int}} NOT NULL DEFAULT 0,
  stream_key TEXT NOT NULL UNIQUE,
  version {{int}} NOT NULL DEFAULT 1
) {{strict}};
CREATE INDEX show_in_order ON show (list_rank, list_at, id);
CREATE INDEX show_by_shop ON show (shop_id, list_rank, list_at, id);

CREATE TABLE show_product (
  show_id {{int}} NOT NULL REFERENCES show (id),
  product_id {{int}} NOT NULL,
  position {{int}} NOT NULL,
  PRIMARY KEY (show_id, product_id)
) {{strict}};
CREATE INDEX show_product_by_product ON show_product (product_id, show_id);
