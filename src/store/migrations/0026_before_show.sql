-- What comes before a show: its trailer, the rule by which it comes again, who follows a shop or wants to be reminded,
-- and what their browsers are to be told.

ALTER TABLE show ADD COLUMN trailer_show_id {{int}};  -- a recorded show of the same shop
ALTER TABLE show ADD COLUMN trailer_clip TEXT;        -- the name of a clip of it
ALTER TABLE show ADD COLUMN series_id {{int}};
ALTER TABLE show ADD COLUMN soon_told_at {{int}};     -- when reminders that it begins soon were written
CREATE INDEX show_by_series ON show (series_id, starts_at) WHERE series_id IS NOT NULL;
CREATE INDEX show_to_tell_soon ON show (starts_at) WHERE soon_told_at IS NULL AND status = 'scheduled';

CREATE TABLE show_series (
  id {{id}},
  shop_id {{int}} NOT NULL,
  title TEXT NOT NULL,
  weekdays {{int}} NOT NULL CHECK (weekdays BETWEEN 1 AND 127),  -- Monday 1, Tuesday 2, Wednesday 4, …
  minute_of_day {{int}} NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
  time_zone TEXT NOT NULL,    -- an IANA name
  until {{int}},              -- no show begins after it
  left_count {{int}},         -- shows that are still to be planned
  planned_count {{int}} NOT NULL,  -- grows with each: two processes plan one
  stopped_at {{int}}
) {{strict}};
CREATE INDEX show_series_running ON show_series (id) WHERE stopped_at IS NULL;
CREATE INDEX show_series_by_shop ON show_series (shop_id);

CREATE TABLE shop_follower (
  shop_id {{int}} NOT NULL,
  device_id {{int}} NOT NULL,
  followed_at {{int}} NOT NULL,
  PRIMARY KEY (device_id, shop_id)
) {{strict}};
CREATE INDEX shop_follower_by_shop ON shop_follower (shop_id, device_id);

CREATE TABLE show_reminder (
  show_id {{int}} NOT NULL,
  device_id {{int}} NOT NULL,
  asked_at {{int}} NOT NULL,
  PRIMARY KEY (device_id, show_id)
) {{strict}};
CREATE INDEX show_reminder_by_show ON show_reminder (show_id, device_id);

-- The pair of keys by which push services know this installation (RFC 8292).
CREATE TABLE push_key (
  id {{int}} PRIMARY KEY CHECK (id = 1),
  public_key {{bytes}} NOT NULL,   -- an uncompressed point of P-256
  private_key {{bytes}} NOT NULL   -- sealed with the key file of the data folder
) {{strict}};

CREATE TABLE push_subscription (
  id {{id}},
  device_id {{int}} NOT NULL,
  endpoint TEXT NOT NULL UNIQUE,
  public_key {{bytes}} NOT NULL,   -- of the browser, an uncompressed point of P-256
  auth {{bytes}} NOT NULL,         -- its secret, 16 bytes
  language TEXT NOT NULL,
  subscribed_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX push_subscription_by_device ON push_subscription (device_id, id);

CREATE TABLE push_message (
  id {{id}},
  subscription_id {{int}} NOT NULL,
  show_id {{int}} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('soon', 'live')),
  due_at {{int}},                  -- while it waits
  expires_at {{int}} NOT NULL,     -- what is told later is news to nobody
  attempts {{int}} NOT NULL,
  UNIQUE (subscription_id, show_id, kind)
) {{strict}};
CREATE INDEX push_message_due ON push_message (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX push_message_by_expiry ON push_message (expires_at);
