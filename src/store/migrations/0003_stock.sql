-- What can be sold, and what is taken. The CHECK is the last guard against selling more than there is.

CREATE TABLE stock (
  product_id {{int}} PRIMARY KEY,
  available {{int}} NOT NULL CHECK (available >= 0)
) {{strict}};

CREATE TABLE claim (
  id {{id}},
  product_id {{int}} NOT NULL REFERENCES stock (product_id),
  quantity {{int}} NOT NULL CHECK (quantity > 0),
  claimed_at {{int}} NOT NULL,
  released_at {{int}}
) {{strict}};
