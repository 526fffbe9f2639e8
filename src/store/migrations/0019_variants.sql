-- A product may come in variants, each with a stock of its own. A bundle is made of other products and has the
-- stock of its parts.

ALTER TABLE product ADD COLUMN kind TEXT NOT NULL DEFAULT 'single'
  CHECK (kind IN ('single', 'parent', 'variant', 'bundle'));
ALTER TABLE product ADD COLUMN parent_id {{int}};  -- of a variant
ALTER TABLE product ADD COLUMN variant_name TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN position {{int}} NOT NULL DEFAULT 0;  -- among the variants of its parent
CREATE INDEX product_by_parent ON product (parent_id, position, id) WHERE parent_id IS NOT NULL;

ALTER TABLE stock ADD COLUMN parent_id {{int}};  -- in whose stock it is summed
ALTER TABLE stock ADD COLUMN variants {{int}} NOT NULL DEFAULT 0;  -- so many are summed in it
ALTER TABLE stock ADD COLUMN parts {{int}} NOT NULL DEFAULT 0;  -- it is a bundle of so many parts
ALTER TABLE stock ADD COLUMN bundles {{int}} NOT NULL DEFAULT 0;  -- it is a part of so many bundles
CREATE INDEX stock_by_parent ON stock (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE bundle_part (
  bundle_id {{int}} NOT NULL REFERENCES stock (product_id),
  part_id {{int}} NOT NULL REFERENCES stock (product_id),
  quantity {{int}} NOT NULL CHECK (quantity > 0),  -- in one bundle
  PRIMARY KEY (bundle_id, part_id)
) {{strict}};
CREATE INDEX bundle_part_by_part ON bundle_part (part_id, bundle_id);

ALTER TABLE claim ADD COLUMN parts {{int}} NOT NULL DEFAULT 0;  -- of a bundle: the claims it is made of
ALTER TABLE claim ADD COLUMN bundle_claim_id {{int}};  -- of a part: the bundle's claim, with which it comes and goes
CREATE INDEX claim_by_bundle ON claim (bundle_claim_id) WHERE bundle_claim_id IS NOT NULL;
