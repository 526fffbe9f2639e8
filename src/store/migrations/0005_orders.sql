-- Orders with their lines as they were when they were placed.

CREATE TABLE shop_order (
  id {{id}},
  token TEXT NOT NULL UNIQUE,
  shop_id {{int}} NOT NULL,
  show_id {{int}},
  device_id {{int}} NOT NULL,
  idempotency_key TEXT NOT NULL,  -- with request_hash: one intent to buy makes one order, for good
  request_hash {{bytes}} NOT NULL,
  number {{int}} NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('placed', 'packed', 'handed_over', 'cancelled')),
  total_minor {{int}} NOT NULL CHECK (total_minor >= 0),
  currency TEXT NOT NULL,
  fulfilment TEXT NOT NULL CHECK (fulfilment IN ('delivery', 'pickup')),
  buyer_name TEXT NOT NULL,
  buyer_phone TEXT NOT NULL,
  buyer_address TEXT NOT NULL,
  buyer_country TEXT NOT NULL,
  note TEXT NOT NULL,
  placed_at {{int}} NOT NULL,
  UNIQUE (device_id, idempotency_key)
) {{strict}};
CREATE INDEX shop_order_by_shop ON shop_order (shop_id, id);
CREATE INDEX shop_order_by_status ON shop_order (shop_id, status, id);
CREATE INDEX shop_order_by_show ON shop_order (show_id, id) WHERE show_id IS NOT NULL;

CREATE TABLE shop_order_line (
  order_id {{int}} NOT NULL REFERENCES shop_order (id),
  position {{int}} NOT NULL,
  product_id {{int}} NOT NULL,
  claim_id {{int}} NOT NULL,
  title TEXT NOT NULL,
  quantity {{int}} NOT NULL CHECK (quantity > 0),
  unit_price_minor {{int}} NOT NULL CHECK (unit_price_minor >= 0),
  photo_id {{int}},
  PRIMARY KEY (order_id, position)
) {{strict}};

-- What followed after an order was placed.
CREATE TABLE shop_order_change (
  id {{id}},
  order_id {{int}} NOT NULL REFERENCES shop_order (id),
  status TEXT NOT NULL CHECK (status IN ('packed', 'handed_over', 'cancelled')),
  changed_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX shop_order_change_by_order ON shop_order_change (order_id, id);

-- Numbers of orders that were not bought in a show.
CREATE TABLE shop_order_counter (
  shop_id {{int}} PRIMARY KEY,
  last_number {{int}} NOT NULL
) {{strict}};
