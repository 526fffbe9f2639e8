-- Sample rows for the tables of step 31.
INSERT INTO push_subscription (device_id, endpoint_hash, sealed, language, changed_at) VALUES (1, x'05ff', x'06ff', 'es', 1795000000000000);
INSERT INTO show_reminder (device_id, show_id, asked_at) VALUES (1, 4, 1795000000000000);
INSERT INTO shop_reminder (device_id, shop_id, asked_at) VALUES (1, 1, 1795000000000000);
INSERT INTO push_message (id, show_id, shop_id, kind, with_shop, due_at, spread_to, created_at)
  VALUES (1, 4, 1, 'live', 1, 1795000000000000, NULL, 1795000000000000);
INSERT INTO push_delivery (id, message_id, device_id, attempts, due_at, leased_until) VALUES (1, 1, 1, 1, NULL, 0);
