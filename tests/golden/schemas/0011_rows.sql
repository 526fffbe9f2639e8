-- Sample rows for the tables of step 11.
INSERT INTO claim (id, product_id, quantity, claimed_at, released_at, state, show_id, device_id, held_until, token) VALUES
  (3, 5, 1, 1795000000000020, NULL, 'held', 4, 2, 1795000180000020, 'CCCCCCCCCCCCCCCCCCCCCC');
INSERT INTO show_stock (show_id, product_id, claims, taken, last_claim_at, units_max, units_per_buyer_max) VALUES
  (4, 5, 2, 1, 1795000000000020, 12, 2), (4, 6, 0, 0, NULL, NULL, NULL);
INSERT INTO show_buyer (show_id, product_id, device_id, taken) VALUES (4, 5, 2, 1);
INSERT INTO waitlist (id, product_id, show_id, device_id, quantity, state, joined_at, claim_id) VALUES
  (1, 5, 4, 3, 1, 'waiting', 1795000000000021, NULL), (2, 5, 4, 2, 1, 'offered', 1795000000000022, 3);
INSERT INTO claim_chain (show_id, position, hash) VALUES (4, 1, X'00cc');
INSERT INTO claim_log (show_id, position, what, mark, product_id, quantity, logged_at, hash) VALUES
  (4, 1, 'held', '00112233445566778899aabbccddeeff', 5, 1, 1795000000000020, X'00cc');
