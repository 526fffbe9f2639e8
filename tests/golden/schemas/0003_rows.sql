-- Sample rows for the tables of step 3.
INSERT INTO stock (product_id, available) VALUES (5, 11), (6, 0);
INSERT INTO claim (id, product_id, quantity, claimed_at, released_at) VALUES
  (1, 5, 1, 1795000000000004, NULL), (2, 5, 2, 1795000000000005, 1795000000000006);
