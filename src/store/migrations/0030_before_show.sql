-- What comes before a show: its trailer, the rule by which it comes again, and who follows a shop.

ALTER TABLE show ADD COLUMN trailer_show_id {{int}};  -- a recorded show of the same shop
ALTER TABLE show ADD COLUMN trailer_clip TEXT;        -- the name of a clip of it
ALTER TABLE show ADD COLUMN series_id {{int}};
CREATE INDEX show_by_series ON show (series_id, starts_at) WHERE series_id IS NOT NULL;

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
