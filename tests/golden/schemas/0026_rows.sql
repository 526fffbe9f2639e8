-- Sample rows for the tables of step 26.
INSERT INTO show_series (id, shop_id, title, weekdays, minute_of_day, time_zone, until, left_count, planned_count, stopped_at)
  VALUES (1, 1, 'Pearls', 5, 1170, 'Asia/Shanghai', NULL, 3, 1, NULL);
UPDATE show SET series_id = 1, soon_told_at = 1795000000000000, trailer_show_id = 4, trailer_clip = '0_0_9000.mp4' WHERE id = 4;
INSERT INTO shop_follower (shop_id, device_id, followed_at) VALUES (1, 1, 1795000000000000);
INSERT INTO show_reminder (show_id, device_id, asked_at) VALUES (4, 1, 1795000000000000);
INSERT INTO push_key (id, public_key, private_key) VALUES (1, x'04ff', x'00ff');
INSERT INTO push_subscription (id, device_id, endpoint, public_key, auth, language, subscribed_at)
  VALUES (1, 1, 'https://push.example/1', x'04fe', x'00fe', 'zh', 1795000000000000);
INSERT INTO push_message (id, subscription_id, show_id, kind, due_at, expires_at, attempts)
  VALUES (1, 1, 4, 'live', 1795000000000001, 1795000600000000, 1);
