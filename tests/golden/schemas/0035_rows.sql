-- Sample rows for the tables of step 35.
INSERT INTO parcel_postage_left (parcel_id, order_id, order_number, shipping_minor) VALUES (1, 3, 3, 1200);
INSERT INTO show_series_product (series_id, product_id, position) VALUES (1, 8, 40);
