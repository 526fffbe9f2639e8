#include "api/show_access.hpp"

namespace geili::api {

Result<shows::Show> own_show(store::Tx& tx, ShowId id, const Caller& caller,
                             identity::Action action) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  auto show = shows::find_show(tx, id);
  if (!show) return show;
  const auto actor = caller.authorise(tx, action, show->shop);
  if (!actor) return std::unexpected(actor.error());
  return show;
}

Result<ShowView> viewed_show(store::Tx& tx, Result<shows::Show> show) {
  if (!show) return fail_as(show);
  return show_view(tx, std::move(*show), WithBag::yes);
}

}  // namespace geili::api
