-- Sample rows for the tables of step 18.
INSERT INTO webhook_endpoint (id, shop_id, url, description, events, disabled_why, disabled_at, failing_since, leased_until, created_at)
  VALUES (1, 1, 'https://example.com/hook', 'Stock list', 'order.placed order.paid', 'failing', 1795000000000000, 1794500000000000, 0, 1794000000000000);
INSERT INTO webhook_message (id, uid, shop_id, event, body, created_at)
  VALUES (1, 'msg_AAAAAAAAAAAAAAAAAAAAAA', 1, 'order.paid', '{"type":"order.paid"}', 1795000000000000);
INSERT INTO webhook_delivery (id, message_id, endpoint_id, state, attempts, due_at, last_status, last_error, last_attempt_at)
  VALUES (1, 1, 1, 'dead', 8, NULL, 500, '', 1795000000000000);
