-- Sample rows for the tables of step 5.
INSERT INTO shop_order (id, token, shop_id, show_id, device_id, idempotency_key, request_hash, number, status,
  total_minor, currency, fulfilment, buyer_name, buyer_phone, buyer_address, buyer_country, note, placed_at) VALUES
  (1, 'AAAAAAAAAAAAAAAAAAAAAA', 1, 4, 2, 'key-00001', X'00aa', 1, 'packed', 28800, 'CNY', 'delivery',
   '安娜', '+86 138 0000', 'Lake Road 1', 'CN', 'Ring twice', 1795000000000008),
  (2, 'BBBBBBBBBBBBBBBBBBBBBB', 7, NULL, 1, 'key-00001', X'00bb', 1, 'cancelled', 0, 'MXN', 'pickup',
   'Rosa', '55 1234', '', '', '', 1795000000000009);
INSERT INTO shop_order_line (order_id, position, product_id, claim_id, title, quantity, unit_price_minor, photo_id) VALUES
  (1, 0, 5, 1, 'Necklace', 1, 28800, 1), (2, 0, 6, 2, 'Molcajete', 2, 0, NULL);
INSERT INTO shop_order_change (id, order_id, status, changed_at) VALUES
  (1, 1, 'packed', 1795000000000010), (2, 2, 'cancelled', 1795000000000011);
INSERT INTO shop_order_counter (shop_id, last_number) VALUES (7, 1);
