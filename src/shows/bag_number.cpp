#include "shows/bag_number.hpp"

#include <algorithm>

namespace geili::shows {

std::vector<BagNumber> bag_numbers(store::Tx& tx, ShowId show) {
  std::vector<BagNumber> numbers;
  tx.each([&](const store::Row& row) { numbers.push_back({row.id<ProductId>(0), row.integer(1)}); },
          "SELECT product_id, number FROM bag_number WHERE show_id = $1 ORDER BY number", show);
  return numbers;
}

std::optional<ProductId> product_numbered(store::Tx& tx, ShowId show, std::int64_t number) {
  return tx.one([](const store::Row& row) { return row.id<ProductId>(0); },
                "SELECT n.product_id FROM bag_number n JOIN show_product p"
                " ON p.show_id = n.show_id AND p.product_id = n.product_id"
                " WHERE n.show_id = $1 AND n.number = $2",
                show, number);
}

void number_bag(store::Tx& tx, const Show& show, std::span<const ProductId> products) {
  if (show.status == ShowStatus::scheduled) {
    tx.exec("DELETE FROM bag_number WHERE show_id = $1", show.id);
  }
  const auto known = bag_numbers(tx, show.id);
  std::int64_t newest = known.empty() ? 0 : known.back().number;
  for (const ProductId product : products) {
    if (std::ranges::find(known, product, &BagNumber::product) != known.end()) continue;
    tx.exec("INSERT INTO bag_number (show_id, product_id, number) VALUES ($1, $2, $3)", show.id,
            product, ++newest);
  }
}

}  // namespace geili::shows
