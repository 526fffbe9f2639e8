-- Sample rows for the table of step 7.
INSERT INTO show_chat (show_id, seq, said_at, author_name, author_role, text) VALUES
  (4, 3, 1795000000000003, 'Ana', 'viewer', 'Is it real pearl?'),
  (4, 5, 1795000000000005, 'Lin', 'host', 'From our own lake.');
