-- Payments of orders: what was asked of a provider, what came in, and what was given back.

-- How many cash vouchers may be out for a show or a deal. The CHECK is the last guard against more.
CREATE TABLE voucher_quota (
  id {{id}},
  kind TEXT NOT NULL CHECK (kind IN ('show', 'deal')),
  subject_id {{int}} NOT NULL,
  max_vouchers {{int}} NOT NULL CHECK (max_vouchers >= 0),
  taken {{int}} NOT NULL CHECK (taken >= 0 AND taken <= max_vouchers),
  UNIQUE (kind, subject_id)
) {{strict}};

CREATE TABLE payment (
  id {{id}},
  order_id {{int}} NOT NULL,
  open_order_id {{int}} UNIQUE,  -- order_id while this payment is under way or paid: one at a time
  shop_id {{int}} NOT NULL,
  provider TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN
    ('card', 'checkout', 'oxxo', 'spei', 'transfer', 'on_delivery', 'at_pickup')),
  amount_minor {{int}} NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('created', 'pending', 'authorised', 'paid', 'failed', 'expired', 'cancelled')),
  received_minor {{int}} NOT NULL CHECK (received_minor = 0 OR received_minor = amount_minor),
  refunded_minor {{int}} NOT NULL CHECK (refunded_minor >= 0 AND refunded_minor <= received_minor),
  -- Money that came when the payment had ended: undecided until it is kept or returned.
  late TEXT NOT NULL CHECK (late IN ('none', 'undecided', 'kept', 'returned')),
  problem TEXT,  -- the code of what a person has to look at
  idempotency_key TEXT NOT NULL UNIQUE,  -- of the provider call; also our name for it at the provider
  provider_reference TEXT,  -- the provider's name for what was asked
  customer_reference TEXT,
  money_reference TEXT,     -- the provider's name for the money that came in
  voucher_quota_id {{int}} REFERENCES voucher_quota (id),
  pay_until {{int}},   -- what the buyer and the provider are told
  expires_at {{int}},  -- when the hold ends; null: never
  asked_at {{int}},    -- when the provider was last asked to begin
  created_at {{int}} NOT NULL,
  changed_at {{int}} NOT NULL,
  UNIQUE (provider, provider_reference)
) {{strict}};
CREATE INDEX payment_by_order ON payment (order_id, id);
CREATE INDEX payment_by_expiry ON payment (state, expires_at);
CREATE INDEX payment_with_problem ON payment (shop_id, id) WHERE problem IS NOT NULL;

CREATE TABLE payment_event (
  id {{id}},
  provider TEXT NOT NULL,
  event_id TEXT NOT NULL,
  payment_id {{int}} REFERENCES payment (id),  -- null when it only says what to look up
  kind TEXT NOT NULL,
  effect TEXT NOT NULL,
  received_at {{int}} NOT NULL,
  UNIQUE (provider, event_id)
) {{strict}};

CREATE TABLE refund (
  id {{id}},
  payment_id {{int}} NOT NULL REFERENCES payment (id),
  amount_minor {{int}} NOT NULL CHECK (amount_minor > 0),
  reason TEXT NOT NULL CHECK (reason IN ('buyer', 'seller', 'late', 'duplicate')),
  state TEXT NOT NULL CHECK (state IN ('created', 'pending', 'done', 'failed')),
  money_reference TEXT NOT NULL,  -- what is given back: the payment's own money, or a second one
  provider_reference TEXT,
  idempotency_key TEXT NOT NULL UNIQUE,
  created_at {{int}} NOT NULL,
  changed_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX refund_by_payment ON refund (payment_id, id);
CREATE INDEX refund_by_state ON refund (state, changed_at);

-- The practice provider's own book.
CREATE TABLE sandbox_payment (
  reference TEXT PRIMARY KEY,
  amount_minor {{int}} NOT NULL,
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'confirming', 'waiting', 'paid', 'cancelled')),
  card_last_four TEXT NOT NULL,
  attempts {{int}} NOT NULL,
  due_at {{int}}  -- when a waiting one is paid
) {{strict}};
