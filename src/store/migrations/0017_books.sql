-- What the co-operative keeps of a shop's sales, and who changed what in which shop.

-- A shop without a row is charged nothing.
CREATE TABLE ledger_commission (
  shop_id {{int}} PRIMARY KEY,
  basis_points {{int}} NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
  changed_at {{int}} NOT NULL
) {{strict}};

ALTER TABLE audit ADD COLUMN shop_id {{int}};  -- none: of the house
ALTER TABLE audit ADD COLUMN detail TEXT NOT NULL DEFAULT '';  -- what it was and what it became
CREATE INDEX audit_by_shop ON audit (shop_id, id) WHERE shop_id IS NOT NULL;
CREATE INDEX audit_by_person ON audit (person_id, id) WHERE person_id IS NOT NULL;
