-- Sample rows for the tables of step 24.
UPDATE chat_line SET device_id = 1, hidden_at = 1795000000000009, hidden_by = 1 WHERE show_id = 4 AND seq = 3;
INSERT INTO chat_line (id, show_id, seq, said_at, device_id, author_name, author_role, text)
  VALUES (900, 4, NULL, 1795000000000007, 1, 'Ana', 'viewer', 'Cheaper at mine');
INSERT INTO chat_rules (shop_id, slow_mode_s, who, links, mutes_common, muted_words)
  VALUES (1, 30, 'members', 'off', 0, 'plastic');
INSERT INTO chat_sanction (id, shop_id, device_id, kind, until, show_id, seq, author_name, text, made_at, made_by)
  VALUES (1, 1, 1, 'timeout', 1795000600000000, 4, 3, 'Ana', 'Is it real pearl?', 1795000000000000, 1);
UPDATE show SET announcement = 'Free shipping tonight' WHERE id = 4;
