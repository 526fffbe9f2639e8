-- Where a shop's shows are sent on to, by RTMP.

CREATE TABLE restream_target (
  id {{id}},
  shop_id {{int}} NOT NULL,
  name TEXT NOT NULL,
  server_url TEXT NOT NULL,
  stream_key {{bytes}},        -- sealed with the key file of the data folder
  key_end TEXT NOT NULL,       -- its last characters; empty for a short one
  enabled {{int}} NOT NULL CHECK (enabled IN (0, 1)),
  all_shows {{int}} NOT NULL CHECK (all_shows IN (0, 1)),
  created_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX restream_target_by_shop ON restream_target (shop_id, id);

-- Chosen for one show; of no meaning where the target takes all.
CREATE TABLE restream_show (
  show_id {{int}} NOT NULL,
  target_id {{int}} NOT NULL,
  PRIMARY KEY (show_id, target_id)
) {{strict}};
CREATE INDEX restream_show_by_target ON restream_show (target_id);
