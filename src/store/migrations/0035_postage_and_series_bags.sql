-- What cancelled orders had paid of the postage of a box in which other orders still lie.

CREATE TABLE parcel_postage_left (
  parcel_id {{int}} NOT NULL REFERENCES parcel (id),
  order_id {{int}} NOT NULL,
  order_number {{int}} NOT NULL,
  shipping_minor {{int}} NOT NULL CHECK (shipping_minor > 0),
  PRIMARY KEY (parcel_id, order_id)
) {{strict}};

-- What shows to come of a series offer: a bag that was changed for one of them is that one's alone.
CREATE TABLE show_series_product (
  series_id {{int}} NOT NULL REFERENCES show_series (id),
  product_id {{int}} NOT NULL,
  position {{int}} NOT NULL,
  PRIMARY KEY (series_id, product_id)
) {{strict}};
CREATE INDEX show_series_product_by_product ON show_series_product (product_id);
INSERT INTO show_series_product (series_id, product_id, position)
  SELECT s.series_id, p.product_id, p.position FROM show s JOIN show_product p ON p.show_id = s.id
  WHERE s.id = (SELECT n.id FROM show n WHERE n.series_id = s.series_id ORDER BY n.starts_at DESC, n.id DESC LIMIT 1);
