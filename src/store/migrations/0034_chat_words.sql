-- The language of what was said, as its room took it, and how often the rules of a shop's chats were changed.

ALTER TABLE chat_line ADD COLUMN lang TEXT NOT NULL DEFAULT '';  -- a BCP 47 primary subtag; empty: not known
ALTER TABLE chat_rules ADD COLUMN version {{int}} NOT NULL DEFAULT 2;  -- a shop without a row has 1
