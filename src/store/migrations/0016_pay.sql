-- What a shop takes, and what is still to be asked of providers.

-- No row of a shop: cash at the door and at the stall.
CREATE TABLE shop_payment_provider (
  shop_id {{int}} NOT NULL,
  provider TEXT NOT NULL CHECK (provider IN ('delivery', 'transfer', 'sandbox', 'stripe', 'mercado_pago')),
  methods TEXT NOT NULL,  -- words with a space between them
  bank_name TEXT NOT NULL,
  account TEXT NOT NULL,
  account_holder TEXT NOT NULL,
  public_key TEXT NOT NULL,
  secret_key {{bytes}},      -- sealed with the key file of the data folder
  webhook_secret {{bytes}},  -- likewise
  vouchers_per_show_max {{int}} NOT NULL CHECK (vouchers_per_show_max >= 0),
  changed_at {{int}} NOT NULL,
  PRIMARY KEY (shop_id, provider)
) {{strict}};

-- What a provider is to be asked; a row goes when the provider has answered.
CREATE TABLE payment_ask (
  id {{id}},
  shop_id {{int}} NOT NULL,
  provider TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('create', 'resume', 'look_up', 'cancel', 'refund')),
  idempotency_key TEXT NOT NULL,
  payment_id {{int}} REFERENCES payment (id),  -- null when the provider has only named its own number
  method TEXT NOT NULL,
  amount_minor {{int}},
  currency TEXT,
  reference TEXT NOT NULL,
  provider_reference TEXT NOT NULL,
  customer_reference TEXT NOT NULL,
  money_reference TEXT NOT NULL,
  pay_until {{int}},
  made_at {{int}} NOT NULL,
  description TEXT NOT NULL,
  buyer_name TEXT NOT NULL,
  buyer_email TEXT NOT NULL,
  return_url TEXT NOT NULL,
  attempts {{int}} NOT NULL,
  serial {{int}} NOT NULL,  -- one more each time that it is wanted anew
  due_at {{int}} NOT NULL,
  UNIQUE (shop_id, provider, kind, idempotency_key)
) {{strict}};
CREATE INDEX payment_ask_due ON payment_ask (due_at, id);
