-- Play in a show: numbers of its bag that stay, orders by comment, and red packets.

-- What a product is called by in a show: as the bag stands until it begins, and from then on for good.
CREATE TABLE bag_number (
  show_id {{int}} NOT NULL REFERENCES show (id),
  product_id {{int}} NOT NULL,
  number {{int}} NOT NULL CHECK (number > 0),
  PRIMARY KEY (show_id, product_id),
  UNIQUE (show_id, number)
) {{strict}};
INSERT INTO bag_number (show_id, product_id, number)
  SELECT show_id, product_id, position + 1 FROM show_product;

ALTER TABLE chat_rules ADD COLUMN takes_orders {{int}} NOT NULL DEFAULT 1 CHECK (takes_orders IN (0, 1));

ALTER TABLE coupon ADD COLUMN is_packet {{int}} NOT NULL DEFAULT 0 CHECK (is_packet IN (0, 1));  -- of a red packet, whose envelopes differ
ALTER TABLE coupon_claim ADD COLUMN amount_minor {{int}} CHECK (amount_minor > 0);  -- off, of a claim of its own worth

CREATE TABLE red_packet (
  id {{id}},
  show_id {{int}} NOT NULL REFERENCES show (id),
  coupon_id {{int}} NOT NULL UNIQUE,  -- counts what was taken of it
  title TEXT NOT NULL,
  total_minor {{int}} NOT NULL CHECK (total_minor > 0),
  currency TEXT NOT NULL,
  envelopes {{int}} NOT NULL CHECK (envelopes > 0),
  split TEXT NOT NULL CHECK (split IN ('even', 'lucky')),
  seed {{bytes}} NOT NULL,  -- told once it is over; what is in each envelope follows from it
  opened_at {{int}} NOT NULL,
  closes_at {{int}} NOT NULL CHECK (closes_at > opened_at),
  ended_at {{int}}
) {{strict}};
CREATE INDEX red_packet_by_show ON red_packet (show_id, id);
CREATE UNIQUE INDEX red_packet_open_once ON red_packet (show_id) WHERE ended_at IS NULL;
CREATE INDEX red_packet_to_close ON red_packet (closes_at) WHERE ended_at IS NULL;

CREATE TABLE red_envelope (
  packet_id {{int}} NOT NULL REFERENCES red_packet (id),
  number {{int}} NOT NULL,  -- 1, 2, 3, … in the order in which they were opened
  device_id {{int}} NOT NULL,
  amount_minor {{int}} NOT NULL CHECK (amount_minor > 0),
  opened_at {{int}} NOT NULL,
  PRIMARY KEY (packet_id, number),
  UNIQUE (packet_id, device_id)
) {{strict}};
