-- Sample rows for the tables of step 25.
INSERT INTO draw (id, show_id, prize, product_id, winners_max, who, state, seed, opened_at, closes_at, ended_at, entry_count, head)
  VALUES (1, 4, 'A bracelet', 6, 1, 'buyers', 'drawn', x'00ff', 1795000000000020, 1795000060000020, 1795000060000021, 1, x'01ff');
INSERT INTO draw_entry (draw_id, number, device_id, mark, name, entered_at, hash, place)
  VALUES (1, 1, 1, '00112233445566778899aabbccddeeff', 'Ana', 1795000000000021, x'02ff', 1);
