-- Sample rows for the tables of step 2.
INSERT INTO shop (id, name, village, description, pickup, currency, demo, version, created_at) VALUES
  (1, '珍珠之家', 'Pearl Village', 'Pearls from the lake.', 'At the gate, 9 to 17', 'CNY', 1, 3, 1795000000000000),
  (7, 'Piedra', '', '', '', 'MXN', 0, 1, 1795000000000001);
INSERT INTO product (id, shop_id, title, description, price_minor, hidden, removed, version, created_at) VALUES
  (5, 1, 'Necklace', 'Of 45 pearls.', 28800, 0, 0, 2, 1795000000000002),
  (6, 7, 'Molcajete', '', 0, 1, 1, 1, 1795000000000003);
INSERT INTO photo (id, owner_kind, owner_id, width, height, position) VALUES
  (1, 'product', 5, 1600, 1200, 0), (2, 'shop', 1, 720, 720, 0), (3, 'show', 4, 240, 135, 1);
INSERT INTO photo_variant (photo_id, size, webp) VALUES
  (1, 'small', X'52494646'), (1, 'medium', X'5249464600'), (1, 'large', X'524946460000');
