-- Sample rows for what step 14 adds.
INSERT INTO claim (id, product_id, quantity, claimed_at, released_at, state, show_id, device_id, held_until, token, place, after_us) VALUES
  (4, 5, 1, 1795000000000030, NULL, 'held', 4, 2, 1795000180000030, 'DDDDDDDDDDDDDDDDDDDDDD', 2, 10),
  (5, 5, 1, 1795000000000031, NULL, 'claimed', NULL, 2, NULL, NULL, 0, NULL);
