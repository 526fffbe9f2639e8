-- The last words of each show's room, so that they outlive the room.

CREATE TABLE show_chat (
  show_id {{int}} NOT NULL REFERENCES show (id),
  seq {{int}} NOT NULL,  -- the room's number of the message
  said_at {{int}} NOT NULL,
  author_name TEXT NOT NULL,
  author_role TEXT NOT NULL CHECK (author_role IN ('viewer', 'helper', 'host')),
  text TEXT NOT NULL,
  PRIMARY KEY (show_id, seq)
) {{strict}};
