#include "api/deed.hpp"

namespace geili::api {

void note_deed(store::Tx& tx, const Caller& caller, std::optional<ShopId> shop,
               std::string_view action, std::string_view subject, std::string_view detail) {
  const auto session = caller.signed_in(tx);
  if (!session) return;
  identity::note(tx, *caller.clock, session->actor.person, action, subject, shop, detail);
}

}  // namespace geili::api
