-- Sample rows for the tables of step 26.
INSERT INTO auction (id, show_id, product_id, title, currency, start_minor, step_minor, mode, extend_s, opened_at, first_close_at, last_close_at, state, closes_at, ended_at, unit_claim_id, bid_count, line_count, last_at, head)
  VALUES (1, 4, 6, 'A bracelet', 'CNY', 1000, 100, 'extend', 10, 1795000000000030, 1795000060000030, 1795000660000030, 'closed', 1795000060000030, 1795000060000031, 1, 1, 2, 1795000060000031, x'03ff');
INSERT INTO auction_line (auction_id, position, what, logged_at, mark, amount_minor, closes_at, hash, device_id, name, idempotency_key)
  VALUES (1, 1, 'bid', 1795000000000032, '00112233445566778899aabbccddeeff', 1000, 1795000060000030, x'04ff', 1, 'Ana', 'key-00001');
INSERT INTO auction_line (auction_id, position, what, logged_at, mark, amount_minor, closes_at, hash)
  VALUES (1, 2, 'closed', 1795000060000031, '', 1000, 1795000060000030, x'05ff');
