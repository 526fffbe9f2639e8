-- Sample rows for the tables of step 10: a sale, its refund, a dispute, and a payout.
INSERT INTO ledger_account (id, kind, shop_id, provider, currency, debits_minor, credits_minor, opened_at) VALUES
  (1, 'provider_clearing', 0, 'stripe', 'CNY', 28800, 28800, 1795000000000000),
  (2, 'seller_payable', 1, '', 'CNY', 28800, 28800, 1795000000000000),
  (3, 'payouts_in_transit', 0, '', 'CNY', 0, 27000, 1795000000000000),
  (4, 'provider_disputes', 0, 'stripe', 'CNY', 27000, 0, 1795000000000000);
INSERT INTO ledger_entry (number, kind, source_kind, source_id, request_hash, settles, show_id, currency, total_minor,
  posting_count, reference, memo, occurred_at, posted_at, previous_number, previous_hash, hash) VALUES
  (1, 'sale', 'order', '1', X'00', NULL, 4, 'CNY', 28800, 1, '1', '', 1795000000000008, 1795000000000009, NULL, NULL, X'01'),
  (2, 'refund', 'refund', '1', X'00', NULL, 4, 'CNY', 1800, 1, '1', '项链', 1795000000000008, 1795000000000009, 1, X'01', X'02'),
  (3, 'payout', 'payout', '1', X'00', NULL, NULL, 'CNY', 27000, 1, 'GEILI-1-1', '', 1795000000000008, 1795000000000009, 2, X'02', X'03'),
  (4, 'dispute', 'dispute', '1', X'00', NULL, 4, 'CNY', 27000, 1, '1', '', 1795000000000008, 1795000000000009, 3, X'03', X'04');
INSERT INTO ledger_posting (entry_number, position, purpose, currency, amount_minor, debit_account_id, credit_account_id) VALUES
  (1, 0, 'goods', 'CNY', 28800, 1, 2), (2, 0, 'goods', 'CNY', 1800, 2, 1), (3, 0, 'payout', 'CNY', 27000, 2, 3),
  (4, 0, 'dispute', 'CNY', 27000, 4, 1);
INSERT INTO ledger_sale (entry_number, shop_id, show_id, units, provider, shipping_to, tax_to, fee_from, tax_is,
  goods_minor, goods_tax_minor, shipping_minor, shipping_tax_minor, commission_minor, fee_minor, goods_back_minor) VALUES
  (1, 1, 4, 1, 'stripe', 'seller', 'cooperative', 'seller', 'included', 28800, 0, 0, 0, 0, 0, 1800);
INSERT INTO ledger_refund (entry_number, sale_number, goods_minor, goods_tax_minor, shipping_minor, shipping_tax_minor,
  commission_minor, fee_minor) VALUES (2, 1, 1800, 0, 0, 0, 0, 0);
INSERT INTO ledger_dispute (entry_number, sale_number) VALUES (4, 1);
INSERT INTO payout_account (shop_id, currency, beneficiary, scheme, account, bank, changed_at) VALUES
  (1, 'CNY', '林梅', 'account', '6222-0000-1111', '', 1795000000000000);
INSERT INTO payout_batch (id, currency, status, up_to, line_count, total_minor, opened_at, approved_at, closed_at) VALUES
  (1, 'CNY', 'approved', 1795000000000000, 1, 27000, 1795000000000000, 1795000000000001, NULL);
INSERT INTO payout_line (id, batch_id, shop_id, amount_minor, status, beneficiary, scheme, account, bank, reference,
  entry_number) VALUES (1, 1, 1, 27000, 'sent', '林梅', 'account', '6222-0000-1111', '', 'GEILI-1-1', 3);
INSERT INTO ledger_head (id, last_number, last_hash, last_posted_at) VALUES (1, 4, X'04', 1795000000000009);
