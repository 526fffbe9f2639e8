-- Sample rows for the tables of step 1.
INSERT INTO person (id, name, login, password_hash, role, disabled, created_at) VALUES
  (1, 'Lin Mei', 'lin', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA', 'admin', 0, 1795000000000000),
  (2, 'Rosa', 'rosa@example.org', '', 'seller', 1, 1795000000000001);
INSERT INTO membership (person_id, shop_id, created_at) VALUES (2, 7, 1795000000000002);
INSERT INTO session (id, token_hash, person_id, csrf_token, created_at, last_seen_at, expires_at) VALUES
  (1, X'00ff10', 1, 'csrf', 1795000000000000, 1795000000000001, 1797592000000000);
INSERT INTO invitation (id, token_hash, role, shop_id, name, inviter_id, created_at, expires_at, used_at, used_by, revoked_at) VALUES
  (1, X'01', 'seller', NULL, 'Rosa', 1, 1795000000000000, 1795604800000000, 1795000000000002, 2, NULL),
  (2, X'02', 'helper', 7, 'Ana', 2, 1795000000000000, 1795604800000000, NULL, NULL, 1795000000000003);
INSERT INTO entry_link (id, token_hash, kind, person_id, created_at, expires_at, used_at) VALUES
  (1, X'03', 'setup', NULL, 1795000000000000, 1795604800000000, 1795000000000001),
  (2, X'04', 'sign-in', 2, 1795000000000000, 1795000900000000, NULL);
INSERT INTO device (id, token_hash, display_name, created_at, last_seen_at) VALUES
  (1, X'05', NULL, 1795000000000000, 1795000000000000), (2, X'06', '安娜', 1795000000000000, 1795000000000009);
INSERT INTO audit (id, happened_at, person_id, action, subject) VALUES
  (1, 1795000000000000, NULL, 'setup-link-made', 'entry_link/1'), (2, 1795000000000001, 1, 'invite', 'invitation/1');
