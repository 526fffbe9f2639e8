-- Sample rows for the tables of step 12: two zones, a box with two orders, and a necklace that came back.
INSERT INTO shipping_shop (shop_id, currency, origin_country, default_weight_g, version) VALUES (1, 'CNY', 'CN', 250, 4);
INSERT INTO shipping_zone (id, shop_id, name) VALUES (1, 1, '国内'), (2, 1, 'World');
INSERT INTO shipping_place (shop_id, country, subdivision, postal_prefix, zone_id, position) VALUES
  (1, 'CN', '', '', 1, 0), (1, 'CN', 'CN-ZJ', '', 1, 1), (1, 'FR', '', '75', 2, 0), (1, '*', '', '', 2, 1);
INSERT INTO shipping_rate (id, zone_id, position, carrier, service, kind, step, step_minor, free_from_minor,
  handling_days, parcel_max_g, longest_max_mm, volume_max_cm3) VALUES
  (1, 1, 0, 'SF Express', '标快', 'weight', 1000, 600, 29900, 1, 20000, 0, 0),
  (2, 2, 0, 'EMS', 'International', 'flat', 0, 0, NULL, 3, 20000, 1500, 60000);
INSERT INTO shipping_bracket (rate_id, position, up_to, price_minor) VALUES (1, 0, 1000, 1200), (2, 0, 1, 18000);
INSERT INTO pickup_point (id, shop_id, name, address, hours, handling_days) VALUES (1, 1, '村口', '诸暨市山下湖镇', '9-17', 0);
INSERT INTO parcel (id, shop_id, show_id, buyer_device_id, number, state, takes_more, address_key, recipient, phone,
  address, country, currency, rate_id, carrier, service, tracking_number, weighed_g, created_at, changed_at) VALUES
  (1, 1, 4, 1, 1, 'shipped', 0, 'cn ana 中山路1号', 'Ana', '+8613800000000', '中山路1号', 'CN', 'CNY', 1, 'SF Express', '标快',
   'SF1234567890', 480, 1795000000000000, 1795000000000009);
INSERT INTO parcel_order (parcel_id, order_id, shop_id, order_number, units, weight_g, volume_mm3, goods_minor,
  shipping_paid_minor) VALUES (1, 1, 1, 1, 1, 250, 0, 28800, 1200), (1, 2, 1, 2, 1, 200, 0, 9900, 0);
INSERT INTO parcel_change (id, parcel_id, state, changed_at) VALUES
  (1, 1, 'packed', 1795000000000008), (2, 1, 'shipped', 1795000000000009);
INSERT INTO parcel_counter (shop_id, show_id, last_number) VALUES (1, 4, 1);
INSERT INTO shipping_carrier (shop_id, carrier, tracking_template) VALUES (1, 'SF Express', 'https://track.example/{number}');
INSERT INTO return_request (id, shop_id, order_id, request_key, state, wish, reason, note, answer, currency,
  refund_minor, exchange_order_id, asked_at, changed_at) VALUES
  (1, 1, 1, 'r-1', 'refunded', 'refund', 'damaged', '断了', '', 'CNY', 28800, NULL, 1795000000000010, 1795000000000012);
INSERT INTO return_line (return_id, position, product_id, title, quantity, unit_price_minor) VALUES (1, 0, 1, '项链', 1, 28800);
INSERT INTO return_change (id, return_id, state, changed_at) VALUES (1, 1, 'approved', 1795000000000011);
