-- Sample rows for what step 8 adds.
INSERT INTO session (id, token_hash, person_id, csrf_token, created_at, last_seen_at, expires_at, may_reset_password) VALUES
  (2, X'00ff11', 1, 'csrf', 1795000000000000, 1795000000000001, 1797592000000000, 1),
  (3, X'00ff12', 1, 'csrf', 1795000000000000, 1795000000000001, 1797592000000000, 0);
