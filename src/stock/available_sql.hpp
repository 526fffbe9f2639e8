#pragma once
// What is available of the row `s` of stock, as SQL, so that a statement that tells it reads it by
// itself.

#define GEILI_AVAILABLE                                                                          \
  "CASE WHEN s.parts > 0 THEN COALESCE((SELECT MIN(u.available / b.quantity) FROM bundle_part b" \
  " JOIN stock u ON u.product_id = b.part_id WHERE b.bundle_id = s.product_id), 0)"              \
  " WHEN s.variants > 0 THEN (SELECT CAST(COALESCE(SUM(u.available), 0) AS BIGINT) FROM stock u" \
  " WHERE u.parent_id = s.product_id) ELSE s.available END"
