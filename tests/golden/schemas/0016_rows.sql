-- Sample rows for the tables of step 16.
INSERT INTO shop_payment_provider (shop_id, provider, methods, bank_name, account, account_holder, public_key,
  secret_key, webhook_secret, vouchers_per_show_max, changed_at) VALUES
  (1, 'delivery', 'on_delivery at_pickup', '', '', '', '', NULL, NULL, 0, 1795000000000010),
  (1, 'transfer', 'transfer', 'Banco', '032180000118359719', 'Lin', '', NULL, NULL, 0, 1795000000000010);
INSERT INTO payment_ask (id, shop_id, provider, kind, idempotency_key, payment_id, method, amount_minor, currency,
  reference, provider_reference, customer_reference, money_reference, pay_until, made_at, description, buyer_name,
  buyer_email, return_url, attempts, serial, due_at) VALUES
  (1, 1, 'stripe', 'cancel', 'AAAAAAAAAAAAAAAAAAAAAA-cancel', 1, 'oxxo', 28800, 'MXN', 'AAAAAAAAAAAAAAAAAAAAAA',
   'pi_1', 'cus_1', 'pi_1', 1795000000000020, 1795000000000030, '', '', '', '', 1, 1, 1795000000000031),
  (2, 1, 'mercado_pago', 'look_up', '77', NULL, 'card', NULL, NULL, '', '', '', '77', NULL, 1795000000000030, '', '',
   '', '', 0, 2, 1795000000000031);
