-- The web sites that may show a shop's shows in a frame of theirs.

CREATE TABLE embed_origin (
  shop_id {{int}} NOT NULL REFERENCES shop (id),
  place {{int}} NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (shop_id, place)
) {{strict}};
