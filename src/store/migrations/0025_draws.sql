-- Lucky draws of a show: the seed is fixed, and its hash told, before anybody enters; entries are a chain of hashes;
-- who won follows from both.

CREATE TABLE draw (
  id {{id}},
  show_id {{int}} NOT NULL REFERENCES show (id),
  prize TEXT NOT NULL,
  product_id {{int}},  -- what is given, where it is one of the shop's
  winners_max {{int}} NOT NULL CHECK (winners_max > 0),
  who TEXT NOT NULL CHECK (who IN ('everybody', 'buyers')),
  state TEXT NOT NULL CHECK (state IN ('open', 'drawn', 'cancelled')),
  seed {{bytes}} NOT NULL,  -- told once it is drawn
  opened_at {{int}} NOT NULL,
  closes_at {{int}} NOT NULL,
  ended_at {{int}},
  entry_count {{int}} NOT NULL DEFAULT 0,
  head {{bytes}} NOT NULL  -- of the newest entry, else of the draw's terms
) {{strict}};
CREATE INDEX draw_by_show ON draw (show_id, id);
CREATE UNIQUE INDEX draw_open_once ON draw (show_id) WHERE state = 'open';
CREATE INDEX draw_to_close ON draw (closes_at) WHERE state = 'open';

CREATE TABLE draw_entry (
  draw_id {{int}} NOT NULL REFERENCES draw (id),
  number {{int}} NOT NULL,  -- 1, 2, 3, …
  device_id {{int}} NOT NULL,
  mark TEXT NOT NULL,  -- by which its device knows it, and nobody else
  name TEXT NOT NULL,
  entered_at {{int}} NOT NULL,
  hash {{bytes}} NOT NULL,  -- of the one before, and of this
  place {{int}},  -- among the winners: 1, 2, 3, …
  PRIMARY KEY (draw_id, number),
  UNIQUE (draw_id, device_id)
) {{strict}};
