-- The co-operative's books; docs/adr/0014-ledger.md says what the database itself holds of them.
-- Nothing updates or deletes a row of ledger_entry or ledger_posting.

CREATE TABLE ledger_account (
  id {{id}},
  kind TEXT NOT NULL CHECK (kind IN ('seller_payable', 'household_cash', 'commission_income',
    'shipping_income', 'fee_expense', 'tax_payable', 'provider_clearing', 'provider_disputes', 'bank',
    'cash', 'payouts_in_transit', 'adjustments')),
  shop_id {{int}} NOT NULL DEFAULT 0,  -- 0: the co-operative's own
  provider TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  -- Sums of the postings. Both only grow; the balance is their difference.
  debits_minor {{int}} NOT NULL DEFAULT 0 CHECK (debits_minor >= 0),
  credits_minor {{int}} NOT NULL DEFAULT 0 CHECK (credits_minor >= 0),
  opened_at {{int}} NOT NULL,
  UNIQUE (kind, shop_id, provider, currency),
  UNIQUE (id, currency),
  CHECK ((kind IN ('seller_payable', 'household_cash')) = (shop_id > 0)),
  CHECK ((kind IN ('provider_clearing', 'provider_disputes', 'fee_expense')) = (provider <> ''))
) {{strict}};

-- Entries are a chain: each names the one before it by number and hash.
CREATE TABLE ledger_entry (
  number {{int}} PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sale', 'refund', 'clawback', 'dispute', 'dispute_won', 'payout',
    'payout_paid', 'payout_return', 'settlement', 'fee', 'payment', 'adjustment', 'reversal')),
  source_kind TEXT NOT NULL,
  source_id TEXT NOT NULL,
  request_hash {{bytes}} NOT NULL,  -- what was asked for: the same source with another request is refused
  -- The entry that this one ends: a payout is paid or returned once, a dispute is won or lost once.
  settles {{int}} UNIQUE REFERENCES ledger_entry (number),
  show_id {{int}},
  currency TEXT NOT NULL,
  total_minor {{int}} NOT NULL CHECK (total_minor > 0),  -- of its postings
  posting_count {{int}} NOT NULL CHECK (posting_count > 0),
  reference TEXT NOT NULL,  -- what people call the source: the number of the order
  memo TEXT NOT NULL,
  occurred_at {{int}} NOT NULL,
  posted_at {{int}} NOT NULL,
  previous_number {{int}} UNIQUE,
  previous_hash {{bytes}},
  hash {{bytes}} NOT NULL,
  UNIQUE (source_kind, source_id),
  UNIQUE (number, hash),
  UNIQUE (number, currency),
  FOREIGN KEY (previous_number, previous_hash) REFERENCES ledger_entry (number, hash),
  CHECK ((number = 1 AND previous_number IS NULL AND previous_hash IS NULL)
    OR (number > 1 AND previous_number = number - 1 AND previous_hash IS NOT NULL)),
  CHECK (settles < number)
) {{strict}};
CREATE INDEX ledger_entry_by_time ON ledger_entry (posted_at, number);
CREATE INDEX ledger_entry_by_show ON ledger_entry (show_id, number) WHERE show_id IS NOT NULL;

-- An amount that goes from the credited account to the debited one: a row balances by itself, in the
-- one currency of its entry and both accounts.
CREATE TABLE ledger_posting (
  entry_number {{int}} NOT NULL,
  position {{int}} NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('goods', 'shipping', 'tax', 'commission', 'provider_fee',
    'cash_kept', 'payout', 'settlement', 'dispute', 'payment', 'adjustment')),
  currency TEXT NOT NULL,
  amount_minor {{int}} NOT NULL CHECK (amount_minor > 0),
  debit_account_id {{int}} NOT NULL,
  credit_account_id {{int}} NOT NULL,
  PRIMARY KEY (entry_number, position),
  FOREIGN KEY (entry_number, currency) REFERENCES ledger_entry (number, currency),
  FOREIGN KEY (debit_account_id, currency) REFERENCES ledger_account (id, currency),
  FOREIGN KEY (credit_account_id, currency) REFERENCES ledger_account (id, currency),
  CHECK (debit_account_id <> credit_account_id)
) {{strict}};
CREATE INDEX ledger_posting_by_debit ON ledger_posting (debit_account_id, entry_number);
CREATE INDEX ledger_posting_by_credit ON ledger_posting (credit_account_id, entry_number);

-- The end of the chain; its one row, there from the first entry on, is the lock under which entries are appended.
CREATE TABLE ledger_head (
  id {{int}} PRIMARY KEY CHECK (id = 1),
  last_number {{int}} NOT NULL,
  last_hash {{bytes}},
  last_posted_at {{int}} NOT NULL
) {{strict}};

-- How a sale was split, and how much of each part went back. Goods and shipping are without tax.
CREATE TABLE ledger_sale (
  entry_number {{int}} PRIMARY KEY REFERENCES ledger_entry (number),
  shop_id {{int}} NOT NULL,
  show_id {{int}},
  units {{int}} NOT NULL CHECK (units >= 0),
  provider TEXT NOT NULL,  -- '': cash that the household took
  shipping_to TEXT NOT NULL CHECK (shipping_to IN ('seller', 'cooperative')),
  tax_to TEXT NOT NULL CHECK (tax_to IN ('seller', 'cooperative')),
  fee_from TEXT NOT NULL CHECK (fee_from IN ('seller', 'cooperative')),
  tax_is TEXT NOT NULL CHECK (tax_is IN ('included', 'added')),
  goods_minor {{int}} NOT NULL CHECK (goods_minor >= 0),
  goods_tax_minor {{int}} NOT NULL CHECK (goods_tax_minor >= 0),
  shipping_minor {{int}} NOT NULL CHECK (shipping_minor >= 0),
  shipping_tax_minor {{int}} NOT NULL CHECK (shipping_tax_minor >= 0),
  commission_minor {{int}} NOT NULL CHECK (commission_minor >= 0),
  fee_minor {{int}} NOT NULL CHECK (fee_minor >= 0),
  goods_back_minor {{int}} NOT NULL DEFAULT 0,
  goods_tax_back_minor {{int}} NOT NULL DEFAULT 0,
  shipping_back_minor {{int}} NOT NULL DEFAULT 0,
  shipping_tax_back_minor {{int}} NOT NULL DEFAULT 0,
  commission_back_minor {{int}} NOT NULL DEFAULT 0,
  fee_back_minor {{int}} NOT NULL DEFAULT 0,  -- what the provider returned of its fee
  CHECK (goods_back_minor BETWEEN 0 AND goods_minor),
  CHECK (goods_tax_back_minor BETWEEN 0 AND goods_tax_minor),
  CHECK (shipping_back_minor BETWEEN 0 AND shipping_minor),
  CHECK (shipping_tax_back_minor BETWEEN 0 AND shipping_tax_minor),
  CHECK (commission_back_minor BETWEEN 0 AND commission_minor),
  CHECK (fee_back_minor BETWEEN 0 AND fee_minor)
) {{strict}};
CREATE INDEX ledger_sale_by_show ON ledger_sale (show_id, shop_id) WHERE show_id IS NOT NULL;

-- What a refund or a clawback gave back of its sale.
CREATE TABLE ledger_refund (
  entry_number {{int}} PRIMARY KEY REFERENCES ledger_entry (number),
  sale_number {{int}} NOT NULL REFERENCES ledger_sale (entry_number),
  goods_minor {{int}} NOT NULL CHECK (goods_minor >= 0),
  goods_tax_minor {{int}} NOT NULL CHECK (goods_tax_minor >= 0),
  shipping_minor {{int}} NOT NULL CHECK (shipping_minor >= 0),
  shipping_tax_minor {{int}} NOT NULL CHECK (shipping_tax_minor >= 0),
  commission_minor {{int}} NOT NULL CHECK (commission_minor >= 0),
  fee_minor {{int}} NOT NULL CHECK (fee_minor >= 0)
) {{strict}};
CREATE INDEX ledger_refund_by_sale ON ledger_refund (sale_number);

-- Which sale a provider's dispute is about.
CREATE TABLE ledger_dispute (
  entry_number {{int}} PRIMARY KEY REFERENCES ledger_entry (number),
  sale_number {{int}} NOT NULL REFERENCES ledger_sale (entry_number)
) {{strict}};

-- Where a seller's money is sent. Personal data: unlike entries it can be erased.
CREATE TABLE payout_account (
  shop_id {{int}} NOT NULL,
  currency TEXT NOT NULL,
  beneficiary TEXT NOT NULL,
  scheme TEXT NOT NULL CHECK (scheme IN ('clabe', 'iban', 'account')),
  account TEXT NOT NULL,
  bank TEXT NOT NULL,
  changed_at {{int}} NOT NULL,
  PRIMARY KEY (shop_id, currency)
) {{strict}};

CREATE TABLE payout_batch (
  id {{id}},
  currency TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'paid', 'cancelled')),
  up_to {{int}} NOT NULL,
  line_count {{int}} NOT NULL CHECK (line_count > 0),
  total_minor {{int}} NOT NULL CHECK (total_minor > 0),
  opened_at {{int}} NOT NULL,
  approved_at {{int}},
  closed_at {{int}}
) {{strict}};
CREATE UNIQUE INDEX payout_batch_one_draft ON payout_batch (currency) WHERE status = 'draft';

CREATE TABLE payout_line (
  id {{id}},
  batch_id {{int}} NOT NULL REFERENCES payout_batch (id),
  shop_id {{int}} NOT NULL,
  amount_minor {{int}} NOT NULL CHECK (amount_minor > 0),
  status TEXT NOT NULL CHECK (status IN ('proposed', 'sent', 'paid', 'failed', 'cancelled')),
  -- As they were when the batch was opened; emptied when the seller's data is erased.
  beneficiary TEXT NOT NULL,
  scheme TEXT NOT NULL,
  account TEXT NOT NULL,
  bank TEXT NOT NULL,
  reference TEXT NOT NULL,
  failure TEXT NOT NULL DEFAULT '',
  entry_number {{int}} UNIQUE REFERENCES ledger_entry (number),  -- the payout, once approved
  settled_at {{int}},
  UNIQUE (batch_id, shop_id),
  CHECK ((status IN ('sent', 'paid', 'failed')) <= (entry_number IS NOT NULL))
) {{strict}};
CREATE INDEX payout_line_by_shop ON payout_line (shop_id, id);
