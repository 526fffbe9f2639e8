-- A safe chat: all lines of a show for a time, with their authors; a shop's rules for its chats, whom it keeps
-- quiet, and what a host has pinned above the chat.

CREATE TABLE chat_line (
  id {{id}},
  show_id {{int}} NOT NULL REFERENCES show (id),
  seq {{int}},         -- the room's number of the message; none: its author alone was shown it
  said_at {{int}} NOT NULL,
  device_id {{int}},   -- of a viewer; none: a person of the shop, or not known any more
  author_name TEXT NOT NULL,
  author_role TEXT NOT NULL CHECK (author_role IN ('viewer', 'helper', 'host')),
  text TEXT NOT NULL,
  hidden_at {{int}},
  hidden_by {{int}},   -- a person
  UNIQUE (show_id, seq)
) {{strict}};
CREATE INDEX chat_line_by_show ON chat_line (show_id, id);
CREATE INDEX chat_line_by_time ON chat_line (said_at);
CREATE INDEX chat_line_by_device ON chat_line (device_id, show_id);

INSERT INTO chat_line (show_id, seq, said_at, author_name, author_role, text)
  SELECT show_id, seq, said_at, author_name, author_role, text FROM show_chat ORDER BY show_id, seq;
DROP TABLE show_chat;

-- A shop without a row has the rules of shows/chat_rules.hpp.
CREATE TABLE chat_rules (
  shop_id {{int}} NOT NULL PRIMARY KEY,
  slow_mode_s {{int}} NOT NULL,
  who TEXT NOT NULL CHECK (who IN ('everyone', 'members')),
  links TEXT NOT NULL CHECK (links IN ('allowed', 'off')),
  mutes_common {{int}} NOT NULL CHECK (mutes_common IN (0, 1)),
  muted_words TEXT NOT NULL  -- a line each
) {{strict}};

CREATE TABLE chat_sanction (
  id {{id}},
  shop_id {{int}} NOT NULL,
  device_id {{int}} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('timeout', 'ban', 'shadow')),
  until {{int}},            -- of a timeout
  show_id {{int}} NOT NULL, -- where it was said
  seq {{int}} NOT NULL,
  author_name TEXT NOT NULL,
  text TEXT NOT NULL,       -- what was said
  made_at {{int}} NOT NULL,
  made_by {{int}} NOT NULL, -- a person
  UNIQUE (shop_id, device_id)
) {{strict}};
CREATE INDEX chat_sanction_by_shop ON chat_sanction (shop_id, id);

ALTER TABLE show ADD COLUMN announcement TEXT;
