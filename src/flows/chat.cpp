#include "flows/chat.hpp"

#include "catalog/shop.hpp"
#include "flows/outbox.hpp"
#include "shows/chat.hpp"

namespace geili::flows {
namespace {

void tell_rooms(store::Tx& tx, ShopId shop, Instant now) {
  for (const ShowId show : shows::open_shows_of(tx, shop)) append(tx, show, ChatChanged{}, now);
}

Result<shows::Show> told(store::Tx& tx, Result<shows::Show> show, const Clock& clock) {
  if (show) append(tx, show->id, ChatChanged{}, clock.now());
  return show;
}

}  // namespace

Result<shows::ChatRules> set_chat_rules(store::Tx& tx, ShopId shop, const shows::ChatRules& rules,
                                        std::int64_t expected_version, const Clock& clock) {
  auto found = catalog::find_shop_terms(tx, shop);
  if (!found) return fail_as(found);
  auto set = shows::set_chat_rules(tx, shop, rules, expected_version);
  if (set) tell_rooms(tx, shop, clock.now());
  return set;
}

Result<shows::Sanction> sanction_author(store::Tx& tx, const SanctionAuthor& wish,
                                        const Clock& clock) {
  const Instant now = clock.now();
  auto show = shows::find_show(tx, wish.show);
  if (!show) return fail_as(show);
  auto line = shows::find_chat(tx, wish.show, wish.seq);
  if (!line) return fail_as(line);
  if (line->author_role != "viewer") {
    return fail(ErrorKind::conflict, "chat-author-of-shop", "People of the shop speak freely.");
  }
  if (!line->device) {
    return fail(ErrorKind::conflict, "chat-author-unknown", "Who said it is not known any more.");
  }
  shows::Sanction sanction{.id = {},
                           .shop = show->shop,
                           .device = *line->device,
                           .kind = wish.kind,
                           .until = std::nullopt,
                           .show = wish.show,
                           .seq = wish.seq,
                           .author_name = line->author_name,
                           .text = line->text,
                           .made_at = now,
                           .made_by = wish.by};
  if (wish.kind == shows::SanctionKind::timeout) {
    sanction.until = now + std::chrono::seconds(wish.seconds);
  }
  auto put = shows::put_sanction(tx, std::move(sanction));
  if (!put) return put;
  if (put->kind == shows::SanctionKind::ban) {
    shows::hide_chat_of(tx, put->shop, put->device, wish.by, now);
  }
  tell_rooms(tx, put->shop, now);
  return put;
}

Result<shows::Sanction> lift_sanction(store::Tx& tx, ShopId shop, shows::SanctionId sanction,
                                      const Clock& clock) {
  auto lifted = shows::lift_sanction(tx, shop, sanction, clock.now());
  if (lifted) tell_rooms(tx, shop, clock.now());
  return lifted;
}

Result<shows::Show> announce(store::Tx& tx, ShowId show, std::string_view text,
                             const Clock& clock) {
  return told(tx, shows::announce(tx, show, text), clock);
}

Result<shows::Show> withdraw_announcement(store::Tx& tx, ShowId show, const Clock& clock) {
  return told(tx, shows::withdraw_announcement(tx, show), clock);
}

}  // namespace geili::flows
