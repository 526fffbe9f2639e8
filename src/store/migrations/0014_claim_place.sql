-- A claim keeps as which one on its product it came in its show, and how long after the one before, in
-- microseconds. 0 for claims from before that was kept, and those outside a show.
ALTER TABLE claim ADD COLUMN place {{int}} NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN after_us {{int}};
