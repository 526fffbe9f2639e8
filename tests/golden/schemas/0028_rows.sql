-- Sample rows for the tables of step 28.
INSERT INTO show_beat (id, show_id, position, kind, product_id, text) VALUES (1, 4, 0, 'price', 6, 'Only {price} tonight');
INSERT INTO show_beat (id, show_id, position, kind, product_id, text) VALUES (2, 4, NULL, 'opening', NULL, 'Welcome');
INSERT INTO show_beat_run (id, show_id, beat_id, begun_at) VALUES (1, 4, 1, 1795000000000030);
