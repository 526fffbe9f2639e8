#pragma once
// When which product was pinned: the chapters of a show that is watched again.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::int64_t kPinsMax = 1'000;  // of one show; later ones are not remembered

struct Pin {
  ProductId product;
  Instant pinned_at;
  std::optional<Instant> unpinned_at;
};

// Remembers that `pinned`, or nothing, is pinned from `now` on. Without a change it does nothing.
void note_pin(store::Tx& tx, ShowId show, std::optional<ProductId> pinned, Instant now);
// When the product was pinned last, at or before `at`.
std::optional<Instant> last_pinned(store::Tx& tx, ShowId show, ProductId product, Instant at);
// Oldest first.
std::vector<Pin> pins_of(store::Tx& tx, ShowId show);

}  // namespace geili::shows
