-- The host's desk: questions of the chat with who answered them, and the script of a show, with when each beat was begun.

ALTER TABLE chat_line ADD COLUMN is_question {{int}} NOT NULL DEFAULT 0;
ALTER TABLE chat_line ADD COLUMN answered_at {{int}};
ALTER TABLE chat_line ADD COLUMN answered_by {{int}};  -- a person
CREATE INDEX chat_line_question ON chat_line (show_id, seq) WHERE is_question = 1;

CREATE TABLE show_beat (
  id {{id}},
  show_id {{int}} NOT NULL REFERENCES show (id),
  position {{int}},    -- in the script: 0, 1, 2, …; none: taken out of it after it was begun
  kind TEXT NOT NULL CHECK (kind IN ('opening', 'story', 'price', 'urgency', 'close')),
  product_id {{int}},  -- what it speaks of, where it is one of the bag
  text TEXT NOT NULL
) {{strict}};
CREATE INDEX show_beat_by_show ON show_beat (show_id, position);

-- A beat lasts until the next is begun.
CREATE TABLE show_beat_run (
  id {{id}},
  show_id {{int}} NOT NULL REFERENCES show (id),
  beat_id {{int}} NOT NULL REFERENCES show_beat (id),
  begun_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX show_beat_run_by_show ON show_beat_run (show_id, id);
