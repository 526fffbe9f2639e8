-- What sending costs belongs to the order; a product tells its weight; a shop prints in its language; papers
-- remember that they were printed.

ALTER TABLE product ADD COLUMN weight_g {{int}} NOT NULL DEFAULT 0 CHECK (weight_g >= 0);  -- packed; 0: not told
ALTER TABLE shop_order ADD COLUMN shipping_minor {{int}} NOT NULL DEFAULT 0 CHECK (shipping_minor >= 0);  -- within the total
ALTER TABLE shop_order ADD COLUMN buyer_postal_code TEXT NOT NULL DEFAULT '';
ALTER TABLE shop_order ADD COLUMN pickup_place TEXT NOT NULL DEFAULT '';  -- where it is picked up; '': where the shop says
ALTER TABLE shipping_shop ADD COLUMN paper_language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE shipping_shop ADD COLUMN sender_address TEXT NOT NULL DEFAULT '';
ALTER TABLE parcel ADD COLUMN slip_printed_at {{int}};  -- with what lies in it now
ALTER TABLE parcel ADD COLUMN label_printed_at {{int}};
