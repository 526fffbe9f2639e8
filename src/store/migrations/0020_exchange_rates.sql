-- What a currency cost in another on a day, and who says so. Rows are only ever added: of two that a source told of
-- one day the newer counts.

CREATE TABLE exchange_rate (
  id {{id}},
  base TEXT NOT NULL,
  quote TEXT NOT NULL CHECK (quote <> base),
  digits {{int}} NOT NULL CHECK (digits > 0),  -- one unit of base is digits / 10^scale units of quote
  scale {{int}} NOT NULL CHECK (scale BETWEEN 0 AND 10),
  as_of_day {{int}} NOT NULL,  -- days since 1970-01-01
  source TEXT NOT NULL,
  recorded_at {{int}} NOT NULL,
  recorded_by {{int}}  -- a person; none: the host, by the command or the file
) {{strict}};
CREATE INDEX exchange_rate_by_day ON exchange_rate (as_of_day);
CREATE INDEX exchange_rate_by_pair ON exchange_rate (base, quote, as_of_day, source, id);
