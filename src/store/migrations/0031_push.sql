-- What devices are told while no page is open: where, of what, and what was told.

CREATE TABLE push_subscription (
  device_id {{int}} PRIMARY KEY,
  endpoint_hash {{bytes}} NOT NULL UNIQUE,  -- SHA-256
  sealed {{bytes}} NOT NULL,                -- endpoint and keys, with the key file of the data folder
  language TEXT NOT NULL CHECK (language IN ('en', 'zh', 'es', 'fr')),
  changed_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE show_reminder (
  device_id {{int}} NOT NULL,
  show_id {{int}} NOT NULL,
  asked_at {{int}} NOT NULL,
  PRIMARY KEY (device_id, show_id)
) {{strict}};
CREATE INDEX show_reminder_by_show ON show_reminder (show_id, device_id);

CREATE TABLE shop_reminder (
  device_id {{int}} NOT NULL,
  shop_id {{int}} NOT NULL,
  asked_at {{int}} NOT NULL,
  PRIMARY KEY (device_id, shop_id)
) {{strict}};
CREATE INDEX shop_reminder_by_shop ON shop_reminder (shop_id, device_id);

CREATE TABLE push_message (
  id {{id}},
  show_id {{int}} NOT NULL,
  shop_id {{int}} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('soon', 'moved', 'live')),
  with_shop {{int}} NOT NULL,  -- whether it is for those of shop_reminder, too
  due_at {{int}} NOT NULL,
  spread_to {{int}},           -- the last device that has its delivery, 0 for none; NULL once all have
  created_at {{int}} NOT NULL,
  UNIQUE (show_id, kind)
) {{strict}};
CREATE INDEX push_message_to_spread ON push_message (due_at, id) WHERE spread_to IS NOT NULL;
CREATE INDEX push_message_by_age ON push_message (created_at);

CREATE TABLE push_delivery (
  id {{id}},
  message_id {{int}} NOT NULL REFERENCES push_message (id),
  device_id {{int}} NOT NULL,
  attempts {{int}} NOT NULL,
  due_at {{int}},                 -- while it waits
  leased_until {{int}} NOT NULL,  -- one process has it to itself until then
  UNIQUE (message_id, device_id)
) {{strict}};
CREATE INDEX push_delivery_due ON push_delivery (due_at, id) WHERE due_at IS NOT NULL;
