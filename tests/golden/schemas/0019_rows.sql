-- Sample rows for the tables of step 19.
INSERT INTO product (id, shop_id, title, description, price_minor, created_at, kind)
  VALUES (1901, 1, 'Chain', '', 9900, 1795000000000000, 'parent');
INSERT INTO product (id, shop_id, title, description, price_minor, created_at, kind, parent_id, variant_name, position)
  VALUES (1902, 1, '', '', 9900, 1795000000000000, 'variant', 1901, '45 cm, silver', 0);
INSERT INTO product (id, shop_id, title, description, price_minor, created_at, kind)
  VALUES (1903, 1, 'Two chains', '', 18000, 1795000000000000, 'bundle');
INSERT INTO stock (product_id, available, variants) VALUES (1901, 0, 1);
INSERT INTO stock (product_id, available, parent_id, bundles) VALUES (1902, 8, 1901, 1);
INSERT INTO stock (product_id, available, parts) VALUES (1903, 0, 1);
INSERT INTO bundle_part (bundle_id, part_id, quantity) VALUES (1903, 1902, 2);
INSERT INTO claim (id, product_id, quantity, claimed_at, parts) VALUES (1901, 1903, 1, 1795000000000000, 1);
INSERT INTO claim (id, product_id, quantity, claimed_at, bundle_claim_id) VALUES (1902, 1902, 2, 1795000000000000, 1901);
