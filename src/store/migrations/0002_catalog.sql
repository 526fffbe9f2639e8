-- Shops, their products, and pictures. Rooms name each other's rows by number alone, without foreign keys.

CREATE TABLE shop (
  id {{id}},
  name TEXT NOT NULL,
  village TEXT NOT NULL,
  description TEXT NOT NULL,
  pickup TEXT NOT NULL,  -- where and when; '' where goods cannot be picked up
  currency TEXT NOT NULL,
  demo {{int}} NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
  version {{int}} NOT NULL DEFAULT 1,
  created_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE product (
  id {{id}},
  shop_id {{int}} NOT NULL REFERENCES shop (id),
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  price_minor {{int}} NOT NULL CHECK (price_minor >= 0),  -- in the shop's currency
  hidden {{int}} NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  removed {{int}} NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  version {{int}} NOT NULL DEFAULT 1,
  created_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX product_by_shop ON product (shop_id, id);

CREATE TABLE photo (
  id {{id}},
  owner_kind TEXT NOT NULL CHECK (owner_kind IN ('product', 'shop', 'show')),
  owner_id {{int}} NOT NULL,
  width {{int}} NOT NULL,  -- of the large picture
  height {{int}} NOT NULL,
  position {{int}} NOT NULL
) {{strict}};
CREATE INDEX photo_by_owner ON photo (owner_kind, owner_id, position, id);

CREATE TABLE photo_variant (
  photo_id {{int}} NOT NULL REFERENCES photo (id),
  size TEXT NOT NULL CHECK (size IN ('small', 'medium', 'large')),
  webp {{bytes}} NOT NULL,
  PRIMARY KEY (photo_id, size)
) {{strict}};
