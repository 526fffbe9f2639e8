-- Sample rows for the tables of step 24.
INSERT INTO deal (id, show_id, product_id, price_minor, currency, units, taken, units_per_buyer_max, vouchers_max,
  announced_at, starts_at, ends_at)
  VALUES (2401, 1, 1902, 7900, 'CNY', 5, 1, 2, 0, 1795000000000000, 1795000010000000, 1795000190000000);
INSERT INTO deal_buyer (deal_id, device_id, taken) VALUES (2401, 1, 1);
UPDATE claim SET deal_id = 2401, deal_price_minor = 7900 WHERE id = 1902;
UPDATE product SET deals = 1 WHERE id = 1902;
