-- Sample rows for the tables of step 22.
INSERT INTO show_audience (show_id, at, room, viewers, hearts) VALUES
  (4, 1795000005000000, 'AAAAAAAA', 120, 7), (4, 1795000005000000, 'BBBBBBBB', 80, 0);
