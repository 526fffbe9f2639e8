-- What is kept of a show's picture, and when which product was pinned. The files are media's; their
-- places are made from the show's id.

CREATE TABLE recording (
  show_id {{int}} PRIMARY KEY REFERENCES show (id),
  -- kept: the files are there; deleted: somebody removed it; expired: it was too old, or the oldest
  -- when there was no room.
  state TEXT NOT NULL CHECK (state IN ('kept', 'deleted', 'expired')),
  started_at {{int}} NOT NULL,
  ended_at {{int}} NOT NULL,  -- of what is kept so far
  duration_us {{int}} NOT NULL CHECK (duration_us >= 0),
  bytes {{int}} NOT NULL CHECK (bytes >= 0)
) {{strict}};

CREATE TABLE show_pin (
  id {{id}},
  show_id {{int}} NOT NULL REFERENCES show (id),
  product_id {{int}} NOT NULL,
  pinned_at {{int}} NOT NULL,
  unpinned_at {{int}}  -- null while it is pinned
) {{strict}};
CREATE INDEX show_pin_by_show ON show_pin (show_id, id);
