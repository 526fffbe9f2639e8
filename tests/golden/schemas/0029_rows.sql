-- Sample rows for the tables of step 29.
INSERT INTO embed_origin (shop_id, place, origin) VALUES (1, 1, 'https://www.example.com');
