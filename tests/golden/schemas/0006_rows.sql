-- Sample rows for the table of step 6.
INSERT INTO outbox (id, topic, payload, created_at) VALUES
  (1, 'show.4', '{"type":"stock","product_id":"5","available":11}', 1795000000000008);
