#include "flows/variant.hpp"

#include <string>
#include <unordered_set>

#include "base/field_errors.hpp"
#include "flows/returned.hpp"
#include "flows/tell.hpp"
#include "stock/stock.hpp"

namespace geili::flows {
namespace {

using catalog::ProductKind;

bool may_be_part(store::Tx& tx, ShopId shop, ProductId product) {
  const auto offer = catalog::find_offer(tx, product);
  return offer && !offer->removed && offer->shop == shop &&
         (offer->kind == ProductKind::single || offer->kind == ProductKind::variant);
}

Result<void> check_parts(store::Tx& tx, ShopId shop, const std::vector<stock::Part>& parts) {
  FieldErrors faults;
  if (parts.size() > stock::kBundlePartsMax) {
    return fail(Error::invalid_field("/parts", "are more than 10"));
  }
  const bool is_one_piece = parts.empty() || (parts.size() == 1 && parts.front().quantity < 2);
  if (is_one_piece) faults.add("/parts", "come to less than two pieces");
  std::unordered_set<ProductId> seen;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string path = "/parts/" + std::to_string(i);
    if (parts[i].quantity < 1 || parts[i].quantity > stock::kPartQuantityMax) {
      faults.add(path + "/quantity", "is not between 1 and 100");
    }
    if (!seen.insert(parts[i].product).second) {
      faults.add(path + "/product_id", "is there twice");
    } else if (!may_be_part(tx, shop, parts[i].product)) {
      faults.add(path + "/product_id", "is not a product of this shop that can be a part");
    }
  }
  return std::move(faults).check();
}

}  // namespace

Result<catalog::Product> add_variant(store::Tx& tx, ProductId parent,
                                     const catalog::NewVariant& variant, std::int64_t stock,
                                     const Clock& clock) {
  auto created = catalog::create_variant(tx, parent, variant, clock);
  if (!created) return created;
  if (stock::level(tx, parent).bundles > 0) {
    return fail(ErrorKind::conflict, "product-in-bundle", "The product is a part of a bundle.");
  }
  if (auto opened = stock::open(tx, created->id, stock); !opened) return fail_as(opened);
  stock::add_to_parent(tx, created->id, parent);
  auto above = catalog::find_product(tx, parent);
  if (!above) return above;
  tell_product(tx, *above, clock.now());
  return created;
}

Result<catalog::Product> order_variants(store::Tx& tx, ProductId parent,
                                        std::span<const ProductId> variants, const Clock& clock) {
  auto ordered = catalog::order_variants(tx, parent, variants);
  if (ordered) tell_product(tx, *ordered, clock.now());
  return ordered;
}

Result<catalog::Product> create_bundle(store::Tx& tx, const catalog::NewProduct& product,
                                       const std::vector<stock::Part>& parts, const Clock& clock) {
  catalog::NewProduct bundle = product;
  bundle.kind = ProductKind::bundle;
  auto created = catalog::create_product(tx, bundle, clock);
  if (!created) return created;
  if (auto fits = check_parts(tx, created->shop, parts); !fits) return fail_as(fits);
  if (auto opened = stock::open(tx, created->id, 0); !opened) return fail_as(opened);
  if (auto set = stock::set_parts(tx, created->id, parts); !set) return fail_as(set);
  return created;
}

Result<catalog::Product> change_parts(store::Tx& tx, ProductId bundle,
                                      const std::vector<stock::Part>& parts,
                                      std::int64_t expected_version, const Clock& clock) {
  auto changed = catalog::change_product(tx, bundle, {}, expected_version);
  if (!changed) return changed;
  if (changed->kind != ProductKind::bundle) {
    return fail(ErrorKind::conflict, "not-a-bundle", "The product is not a bundle.");
  }
  if (auto fits = check_parts(tx, changed->shop, parts); !fits) return fail_as(fits);
  if (auto set = stock::set_parts(tx, bundle, parts); !set) return fail_as(set);
  tell_product(tx, *changed, clock.now());
  pass_on(tx, bundle, clock.now());
  return changed;
}

}  // namespace geili::flows
