#pragma once
// The demo's goods: "Pearl Village" with a pearl shop, and a shop of stone kitchenware in
// Guanajuato. They are marked, and go with one command without a trace in real data.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/photo.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// The picture of the given name ("necklace-classic"), processed; none when there is no such file.
using DemoPhotos = std::function<std::optional<catalog::Picture>(std::string_view name)>;

// The names that are asked for; assets/demo/photos/<name>.jpg.
std::vector<std::string_view> demo_photo_names();

struct DemoVillage {
  struct Shop {
    ShopId shop;
    ShowId show;  // of the pearls: live; of the stone: scheduled
  };
  Shop pearls;
  Shop stone;
  ProductId necklace;  // the first in the pearls' bag; 12 in stock when it was seeded
};

// Seeds what is missing: a shop of the two, or its show when the last one has ended. What is there
// stays as it is, however often it was sold or changed.
Result<DemoVillage> seed_demo(store::Tx& tx, const DemoPhotos& photos, const Clock& clock);

// Removes every demo shop with its products, photos, stock, shows and orders. Returns how many
// shops.
int remove_demo(store::Tx& tx);

}  // namespace geili::flows
