#pragma once
// Shows with their bags, and what their rooms hear of it.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "catalog/photo.hpp"
#include "shows/bag.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// `guests` are other shops whose goods the bag may hold, too: whoever asks speaks for them.
struct NewShow {
  shows::NewShow show;
  std::vector<ProductId> bag;
  std::vector<ShopId> guests;
};
struct ShowChange {
  shows::ShowChange show;
  std::optional<std::vector<ProductId>> bag;
  std::vector<ShopId> guests;
  // Title, time of day and bag are for the shows of its series to come, too; without one: of no
  // effect.
  bool is_for_series = false;
};

// Products of the bag must be the shop's, a guest's or in the bag already, not removed and no
// variants, else invalid-field at /product_ids/<n>. Other errors are those of shows/show.hpp and
// shows/bag.hpp, and shop-not-found.
Result<shows::Show> create_show(store::Tx& tx, const NewShow& show);
Result<shows::Show> change_show(store::Tx& tx, ShowId show, const ShowChange& change,
                                std::int64_t expected_version, const Clock& clock);
Result<shows::Show> set_show_cover(store::Tx& tx, ShowId show, const catalog::Picture& picture);
Result<shows::Show> start_show(store::Tx& tx, ShowId show, const Clock& clock);
Result<shows::Show> end_show(store::Tx& tx, ShowId show, const Clock& clock);
// Who waits and who asked to be reminded hear of it; its series goes on with the next one.
Result<shows::Show> call_off_show(store::Tx& tx, ShowId show, const Clock& clock);
Result<shows::Show> pin(store::Tx& tx, ShowId show, ProductId product, const Clock& clock);
Result<shows::Show> unpin(store::Tx& tx, ShowId show, const Clock& clock);

}  // namespace geili::flows
