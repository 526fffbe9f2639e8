-- Sample rows for the tables of step 15.
INSERT INTO product (id, shop_id, title, description, price_minor, weight_g, created_at) VALUES (14, 1, '项链', '', 100, 80, 1795000000000001);
INSERT INTO shop_order (id, token, shop_id, show_id, device_id, idempotency_key, request_hash, number, status, total_minor,
  currency, fulfilment, buyer_name, buyer_phone, buyer_address, buyer_country, note, placed_at, shipping_minor,
  buyer_postal_code, pickup_place) VALUES
  (14, 'NNNNNNNNNNNNNNNNNNNNNN', 1, 4, 1, 'key-00014', X'0014', 14, 'placed', 1300, 'CNY', 'delivery', 'Ana', '13800000000',
   '中山路1号', 'CN', '', 1795000000000014, 1200, '311800', ''),
  (15, 'OOOOOOOOOOOOOOOOOOOOOO', 1, 4, 1, 'key-00015', X'0015', 15, 'placed', 100, 'CNY', 'pickup', 'Ana', '13800000000',
   '', '', '', 1795000000000015, 0, '', '村口');
INSERT INTO shipping_shop (shop_id, currency, origin_country, default_weight_g, version, paper_language, sender_address) VALUES
  (14, 'MXN', 'MX', 250, 4, 'es', 'Calle Uno 1');
INSERT INTO parcel (id, shop_id, show_id, buyer_device_id, number, state, takes_more, address_key, recipient, phone,
  address, country, currency, rate_id, carrier, service, created_at, changed_at, slip_printed_at, label_printed_at) VALUES
  (14, 1, 4, 1, 14, 'open', 0, 'cn ana 中山路1号', 'Ana', '+8613800000000', '中山路1号', 'CN', 'CNY', 0, '', '',
   1795000000000000, 1795000000000009, 1795000000000010, NULL);
