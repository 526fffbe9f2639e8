-- Sample rows for the tables of step 4.
INSERT INTO show (id, shop_id, title, status, starts_at, started_at, ended_at, list_rank, list_at,
  pinned_product_id, sold_count, stream_key, version) VALUES
  (4, 1, 'Evening pearls', 'live', 1795000000000000, 1795000000000007, NULL, 0, -1795000000000007, 5, 1, 'key-a', 4),
  (8, 7, 'Stone', 'scheduled', 1795100000000000, NULL, NULL, 1, 1795100000000000, NULL, 0, 'key-b', 1),
  (9, 7, 'Old', 'ended', 1794000000000000, 1794000000000001, 1794000000000002, 2, -1794000000000002, NULL, 9, 'key-c', 3);
INSERT INTO show_product (show_id, product_id, position) VALUES (4, 5, 0), (8, 6, 0);
