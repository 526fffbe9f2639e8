-- Where a shop sends to and for how much; the parcels; what came back. Shops, shows, orders and products
-- belong to other rooms and are named by number alone.

CREATE TABLE shipping_shop (
  shop_id {{int}} PRIMARY KEY,
  currency TEXT NOT NULL,
  origin_country TEXT NOT NULL,
  default_weight_g {{int}} NOT NULL CHECK (default_weight_g > 0),
  version {{int}} NOT NULL  -- grows with every change of the settings, zones and pick-up points
) {{strict}};

CREATE TABLE shipping_zone (
  id {{id}},
  shop_id {{int}} NOT NULL REFERENCES shipping_shop (shop_id),
  name TEXT NOT NULL
) {{strict}};
CREATE INDEX shipping_zone_by_shop ON shipping_zone (shop_id, id);

-- A place is in one zone of a shop.
CREATE TABLE shipping_place (
  shop_id {{int}} NOT NULL,
  country TEXT NOT NULL,  -- ISO 3166-1 alpha-2, or '*': everywhere else
  subdivision TEXT NOT NULL,  -- ISO 3166-2, or ''
  postal_prefix TEXT NOT NULL,
  zone_id {{int}} NOT NULL REFERENCES shipping_zone (id),
  position {{int}} NOT NULL,
  PRIMARY KEY (shop_id, country, subdivision, postal_prefix),
  CHECK (subdivision = '' OR postal_prefix = '')
) {{strict}};
CREATE INDEX shipping_place_by_zone ON shipping_place (zone_id, position);

CREATE TABLE shipping_rate (
  id {{id}},
  zone_id {{int}} NOT NULL REFERENCES shipping_zone (id),
  position {{int}} NOT NULL,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('flat', 'weight', 'items')),
  step {{int}} NOT NULL CHECK (step >= 0),  -- grams or items beyond the last bracket; 0: none
  step_minor {{int}} NOT NULL CHECK (step_minor >= 0),
  free_from_minor {{int}} CHECK (free_from_minor > 0),
  handling_days {{int}} NOT NULL CHECK (handling_days >= 0),
  parcel_max_g {{int}} NOT NULL CHECK (parcel_max_g > 0),
  longest_max_mm {{int}} NOT NULL CHECK (longest_max_mm >= 0),  -- 0: no limit
  volume_max_cm3 {{int}} NOT NULL CHECK (volume_max_cm3 >= 0)
) {{strict}};
CREATE INDEX shipping_rate_by_zone ON shipping_rate (zone_id, position);

CREATE TABLE shipping_bracket (
  rate_id {{int}} NOT NULL REFERENCES shipping_rate (id),
  position {{int}} NOT NULL,
  up_to {{int}} NOT NULL,  -- grams or items, included
  price_minor {{int}} NOT NULL CHECK (price_minor >= 0),
  PRIMARY KEY (rate_id, position)
) {{strict}};

CREATE TABLE pickup_point (
  id {{id}},
  shop_id {{int}} NOT NULL REFERENCES shipping_shop (shop_id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  hours TEXT NOT NULL,
  handling_days {{int}} NOT NULL CHECK (handling_days >= 0)
) {{strict}};
CREATE INDEX pickup_point_by_shop ON pickup_point (shop_id, id);

CREATE TABLE parcel (
  id {{id}},
  shop_id {{int}} NOT NULL,
  show_id {{int}} NOT NULL DEFAULT 0,  -- 0: bought outside a show
  buyer_device_id {{int}},
  number {{int}} NOT NULL,  -- of the box, counted in the show, else in the shop
  state TEXT NOT NULL CHECK (state IN ('open', 'packed', 'shipped', 'delivered', 'returned', 'cancelled')),
  -- The open parcel that takes the buyer's further orders of the show.
  takes_more {{int}} NOT NULL CHECK (takes_more IN (0, 1)),
  address_key TEXT NOT NULL,  -- what is sent to one place has the same
  -- The address as it was; emptied when the buyer's data is erased.
  recipient TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  rate_id {{int}} NOT NULL,  -- of the time; it may be gone
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  tracking_number TEXT NOT NULL DEFAULT '',
  weighed_g {{int}} CHECK (weighed_g > 0),  -- on the scale
  created_at {{int}} NOT NULL,
  changed_at {{int}} NOT NULL,
  UNIQUE (shop_id, show_id, number),
  CHECK (takes_more = 0 OR state = 'open')
) {{strict}};
CREATE UNIQUE INDEX parcel_one_takes_more
  ON parcel (shop_id, show_id, buyer_device_id, rate_id, address_key) WHERE takes_more = 1;
CREATE INDEX parcel_by_show ON parcel (shop_id, show_id, state, id);
CREATE INDEX parcel_by_state ON parcel (shop_id, state, id);
CREATE INDEX parcel_by_buyer ON parcel (buyer_device_id, id) WHERE buyer_device_id IS NOT NULL;

-- What of an order lies in a parcel; a large order lies in several.
CREATE TABLE parcel_order (
  parcel_id {{int}} NOT NULL REFERENCES parcel (id),
  order_id {{int}} NOT NULL,
  shop_id {{int}} NOT NULL,
  order_number {{int}} NOT NULL,
  units {{int}} NOT NULL CHECK (units > 0),
  weight_g {{int}} NOT NULL CHECK (weight_g > 0),
  volume_mm3 {{int}} NOT NULL CHECK (volume_mm3 >= 0),
  goods_minor {{int}} NOT NULL CHECK (goods_minor >= 0),
  shipping_paid_minor {{int}} NOT NULL CHECK (shipping_paid_minor >= 0),
  PRIMARY KEY (parcel_id, order_id)
) {{strict}};
CREATE INDEX parcel_order_by_order ON parcel_order (shop_id, order_id);

CREATE TABLE parcel_change (
  id {{id}},
  parcel_id {{int}} NOT NULL REFERENCES parcel (id),
  state TEXT NOT NULL,
  changed_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX parcel_change_by_parcel ON parcel_change (parcel_id, id);

CREATE TABLE parcel_counter (
  shop_id {{int}} NOT NULL,
  show_id {{int}} NOT NULL,
  last_number {{int}} NOT NULL,
  PRIMARY KEY (shop_id, show_id)
) {{strict}};

-- How a carrier's page follows a parcel: an https address with {number} in it.
CREATE TABLE shipping_carrier (
  shop_id {{int}} NOT NULL,
  carrier TEXT NOT NULL,
  tracking_template TEXT NOT NULL,
  PRIMARY KEY (shop_id, carrier)
) {{strict}};

CREATE TABLE return_request (
  id {{id}},
  shop_id {{int}} NOT NULL,
  order_id {{int}} NOT NULL,
  request_key TEXT NOT NULL,  -- asked twice with the same, it is one request
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'received', 'refunded', 'exchanged')),
  wish TEXT NOT NULL CHECK (wish IN ('refund', 'exchange')),
  reason TEXT NOT NULL CHECK (reason IN ('damaged', 'wrong_item', 'not_as_described', 'late', 'no_longer_wanted', 'other')),
  note TEXT NOT NULL,
  answer TEXT NOT NULL DEFAULT '',  -- why it was refused
  currency TEXT NOT NULL,
  refund_minor {{int}} CHECK (refund_minor >= 0),
  exchange_order_id {{int}},
  asked_at {{int}} NOT NULL,
  changed_at {{int}} NOT NULL,
  UNIQUE (shop_id, order_id, request_key),
  CHECK ((state = 'refunded') = (refund_minor IS NOT NULL)),
  CHECK ((state = 'exchanged') = (exchange_order_id IS NOT NULL))
) {{strict}};
CREATE INDEX return_request_by_state ON return_request (shop_id, state, id);

CREATE TABLE return_line (
  return_id {{int}} NOT NULL REFERENCES return_request (id),
  position {{int}} NOT NULL,  -- of the order's line
  product_id {{int}} NOT NULL,
  title TEXT NOT NULL,
  quantity {{int}} NOT NULL CHECK (quantity > 0),
  unit_price_minor {{int}} NOT NULL CHECK (unit_price_minor >= 0),
  PRIMARY KEY (return_id, position)
) {{strict}};

CREATE TABLE return_change (
  id {{id}},
  return_id {{int}} NOT NULL REFERENCES return_request (id),
  state TEXT NOT NULL,
  changed_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX return_change_by_return ON return_change (return_id, id);
