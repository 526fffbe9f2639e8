-- Sample rows for the tables of step 30.
INSERT INTO show_series (id, shop_id, title, weekdays, minute_of_day, time_zone, until, left_count, planned_count, stopped_at)
  VALUES (1, 1, 'Pearls', 5, 1170, 'Asia/Shanghai', NULL, 3, 1, NULL);
UPDATE show SET series_id = 1, trailer_show_id = 4, trailer_clip = '0_0_9000.mp4' WHERE id = 4;
INSERT INTO shop_follower (shop_id, device_id, followed_at) VALUES (1, 1, 1795000000000000);
