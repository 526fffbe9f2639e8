-- Sample rows for the tables of step 27.
INSERT INTO coupon (id, shop_id, show_id, title, code, percent, amount_minor, currency, min_order_minor, units, taken,
  per_buyer_max, valid_from, valid_until, withdrawn_at)
  VALUES (1, 1, 4, 'Autumn', 'AUTUMN10', 10, 2000, 'CNY', 5000, 50, 1, 1, 1795000000000000, 1795086400000000, NULL);
INSERT INTO coupon_claim (id, coupon_id, device_id, claimed_at, order_id) VALUES (1, 1, 1, 1795000000000030, 1);
UPDATE shop_order SET discount_minor = 100, discount_title = 'Autumn', coupon_claim_id = 1 WHERE id = 1;
