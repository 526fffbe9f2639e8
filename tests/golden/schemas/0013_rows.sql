-- Sample rows for the tables of step 13.
INSERT INTO voucher_quota (id, kind, subject_id, max_vouchers, taken) VALUES (1, 'show', 4, 10, 1), (2, 'deal', 3, 0, 0);
INSERT INTO payment (id, order_id, open_order_id, shop_id, provider, method, amount_minor, currency, state,
  received_minor, refunded_minor, late, problem, idempotency_key, provider_reference, customer_reference,
  money_reference, voucher_quota_id, pay_until, expires_at, asked_at, created_at, changed_at) VALUES
  (1, 1, 1, 1, 'stripe', 'oxxo', 28800, 'MXN', 'paid', 28800, 800, 'none', NULL, 'AAAAAAAAAAAAAAAAAAAAAA', 'pi_1',
   'cus_1', 'pi_1', 1, 1795000000000020, 1795000000000030, 1795000000000011, 1795000000000010, 1795000000000012),
  (2, 2, NULL, 7, 'delivery', 'on_delivery', 500, 'CNY', 'cancelled', 0, 0, 'none', 'payment-disputed',
   'BBBBBBBBBBBBBBBBBBBBBB', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795000000000010, 1795000000000010);
INSERT INTO payment_event (id, provider, event_id, payment_id, kind, effect, received_at) VALUES
  (1, 'stripe', 'evt_1', 1, 'paid', 'paid_now', 1795000000000012),
  (2, 'mercado_pago', '7', NULL, 'look_up', 'asked', 1795000000000013);
INSERT INTO refund (id, payment_id, amount_minor, reason, state, money_reference, provider_reference, idempotency_key,
  created_at, changed_at) VALUES
  (1, 1, 800, 'buyer', 'done', 'pi_1', 're_1', 'AAAAAAAAAAAAAAAAAAAAAA-refund-1', 1795000000000013, 1795000000000014),
  (2, 1, 28800, 'duplicate', 'created', 'pi_2', NULL, 'AAAAAAAAAAAAAAAAAAAAAA-extra-pi_2', 1795000000000015, 1795000000000015);
INSERT INTO sandbox_payment (reference, amount_minor, currency, state, card_last_four, attempts, due_at) VALUES
  ('CCCCCCCCCCCCCCCCCCCCCC', 500, 'CNY', 'waiting', '0077', 1, 1795000000000016);
