-- What a shop's own programs are told, by HTTPS.

CREATE TABLE webhook_endpoint (
  id {{id}},
  shop_id {{int}} NOT NULL,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  events TEXT NOT NULL,        -- words with a space between them
  secret {{bytes}},            -- sealed with the key file of the data folder
  old_secret {{bytes}},        -- likewise; signs beside it until
  old_secret_until {{int}},
  disabled_why TEXT NOT NULL CHECK (disabled_why IN ('no', 'by_hand', 'gone', 'failing')),
  disabled_at {{int}},
  failing_since {{int}},       -- nothing was taken since
  leased_until {{int}} NOT NULL,  -- one process has it to itself until then
  created_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX webhook_endpoint_by_shop ON webhook_endpoint (shop_id, id);

CREATE TABLE webhook_message (
  id {{id}},
  uid TEXT NOT NULL UNIQUE,  -- the webhook-id
  shop_id {{int}} NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL,        -- byte for byte what is sent and signed
  created_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX webhook_message_by_shop ON webhook_message (shop_id, id);

-- endpoint_id refers to no row: an endpoint may be deleted while its shop sells.
CREATE TABLE webhook_delivery (
  id {{id}},
  message_id {{int}} NOT NULL REFERENCES webhook_message (id),
  endpoint_id {{int}} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts {{int}} NOT NULL,
  due_at {{int}},            -- while it waits
  last_status {{int}},
  last_error TEXT NOT NULL,
  last_attempt_at {{int}}
) {{strict}};
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_delivery_of_endpoint_due ON webhook_delivery (endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_delivery_by_endpoint ON webhook_delivery (endpoint_id, id);
CREATE INDEX webhook_delivery_by_message ON webhook_delivery (message_id);
