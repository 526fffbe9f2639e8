-- Sample rows for the tables of step 33.
INSERT INTO restream_target (id, shop_id, name, server_url, key_end, enabled, all_shows, created_at)
  VALUES (1, 1, 'Village channel', 'rtmps://live.example.com/app', 'k3y4', 1, 0, 1794000000000000);
INSERT INTO restream_show (show_id, target_id) VALUES (1, 1);
