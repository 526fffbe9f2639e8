-- Sample rows for the tables of step 36.
UPDATE coupon SET idempotency_key = 'key-00001', request_hash = x'06ff' WHERE id = 1;
