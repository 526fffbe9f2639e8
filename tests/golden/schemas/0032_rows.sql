-- Sample rows for the tables of step 32.
INSERT INTO bag_number (show_id, product_id, number) VALUES (4, 606, 12);
UPDATE chat_rules SET takes_orders = 0;
UPDATE coupon SET is_packet = 1 WHERE id = 1;
UPDATE coupon_claim SET amount_minor = 320 WHERE id = 1;
INSERT INTO red_packet (id, show_id, coupon_id, title, total_minor, currency, envelopes, split, seed, opened_at, closes_at, ended_at)
  VALUES (1, 4, 1, 'Red packet', 2000, 'CNY', 5, 'lucky', x'00ff', 1795000000000020, 1795000060000020, 1795000060000021);
INSERT INTO red_envelope (packet_id, number, device_id, amount_minor, opened_at) VALUES (1, 1, 1, 320, 1795000000000021);
