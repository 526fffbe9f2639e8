-- Sample rows for the tables of step 17.
INSERT INTO ledger_commission (shop_id, basis_points, changed_at) VALUES (1, 250, 1795000000000000);
INSERT INTO audit (id, happened_at, person_id, action, subject, shop_id, detail) VALUES
  (901, 1795000000000000, 1, 'price-changed', 'product/1', 1, '288.00 → 270.00 CNY');
