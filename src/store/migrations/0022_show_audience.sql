-- How many watched a live show, every so often: what its report is drawn from. Each process that has a room of the show
-- open writes of its own viewers.

CREATE TABLE show_audience (
  show_id {{int}} NOT NULL REFERENCES show (id),
  at {{int}} NOT NULL,  -- the beginning of a step of 15 s
  room TEXT NOT NULL,  -- the epoch of the room that was looked at
  viewers {{int}} NOT NULL CHECK (viewers >= 0),
  hearts {{int}} NOT NULL CHECK (hearts >= 0),  -- since the room was opened
  PRIMARY KEY (show_id, at, room)
) {{strict}};
