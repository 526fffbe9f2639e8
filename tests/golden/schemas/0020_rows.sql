-- Sample rows for the tables of step 20.
INSERT INTO exchange_rate (id, base, quote, digits, scale, as_of_day, source, recorded_at, recorded_by)
  VALUES (1, 'EUR', 'MXN', 212402, 4, 20774, 'ECB', 1795000000000000, NULL);
INSERT INTO exchange_rate (id, base, quote, digits, scale, as_of_day, source, recorded_at, recorded_by)
  VALUES (2, 'MXN', 'CNY', 386, 3, 20775, 'Bank of the lake', 1795000000000001, 1);
