-- The language of what was said, as its room took it.

ALTER TABLE chat_line ADD COLUMN lang TEXT NOT NULL DEFAULT '';  -- a BCP 47 primary subtag; empty: not known
