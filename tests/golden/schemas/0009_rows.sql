-- Sample rows for the tables of step 9.
INSERT INTO recording (show_id, state, started_at, ended_at, duration_us, bytes) VALUES
  (4, 'kept', 1795000000000008, 1795000060000008, 60000000, 7500000),
  (9, 'expired', 1794000000000001, 1794000000000002, 1, 1);
INSERT INTO show_pin (id, show_id, product_id, pinned_at, unpinned_at) VALUES
  (1, 4, 6, 1795000000000009, 1795000000000010), (2, 4, 5, 1795000000000010, NULL);
