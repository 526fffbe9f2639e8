// Raised hands: who asks for which product to be shown.

#include <algorithm>

#include "live/room.hpp"
#include "live/room_refusals.hpp"

namespace geili::live {

void Room::note_hands(ProductId product) {
  if (std::ranges::find(hands_changed_, product) != hands_changed_.end()) return;
  hands_changed_.push_back(product);
}

void Room::lower_hands(ProductId product) {
  const auto found = hands_.find(product);
  if (found == hands_.end() || found->second.empty()) return;
  hands_up_ -= found->second.size();
  found->second.clear();
  note_hands(product);
}

Result<Applied> Room::on(const RaiseHand& command, Instant now) {
  if (status_ == ShowStatus::ended) return show_ended();
  if (!stock_.contains(command.product)) {
    return fail(ErrorKind::conflict, "product-not-in-bag", "The show does not offer this product.");
  }
  if (const Sanction* sanction = sanction_of(command.actor, now);
      sanction && sanction->kind == SanctionKind::ban) {
    return Applied{};
  }
  const auto found = hands_.find(command.product);
  const bool was_up = found != hands_.end() && found->second.contains(command.actor.key);
  const bool is_shown = pinned_ && pinned_->id == command.product;
  if (was_up == command.is_up || (command.is_up && is_shown)) return Applied{};
  if (command.is_up && hands_up_ >= limits_.hands_max) {
    return fail(ErrorKind::unprocessable, "hands-limit", "As many hands are up as can be counted.");
  }
  Person& person = people_.use(command.actor.key);
  Address& address = addresses_.use(command.actor.address);
  const auto wait = std::max(person.hands.wait(limits_.hands_per_person, 1, now),
                             address.hands.wait(limits_.hands_per_address, 1, now));
  if (wait.count() > 0) return rate_limited(wait);
  person.hands.take(limits_.hands_per_person, 1, now);
  address.hands.take(limits_.hands_per_address, 1, now);
  auto& people = hands_[command.product];
  if (command.is_up) {
    people.insert(command.actor.key);
    ++hands_up_;
  } else {
    people.erase(command.actor.key);
    --hands_up_;
  }
  note_hands(command.product);
  return Applied{.lane = Lane::tick};
}

}  // namespace geili::live
