#pragma once
// What people of a shop do, in the audit (identity/audit.hpp).

#include <optional>
#include <string>
#include <string_view>

#include "api/caller.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "identity/audit.hpp"
#include "store/tx.hpp"

namespace geili::api {

// Notes what the caller, who is known to be signed in, has done in this transaction.
void note_deed(store::Tx& tx, const Caller& caller, std::optional<ShopId> shop,
               std::string_view action, std::string_view subject, std::string_view detail = "");

struct Deed {
  ShopId shop;
  std::string_view action;
  std::string subject;  // identity::subject_of()
  std::string detail = {};
};
// What was done, and noted unless it failed.
template <class T>
Result<T> noted(store::Tx& tx, const Caller& caller, const Deed& deed, Result<T> done) {
  if (done) note_deed(tx, caller, deed.shop, deed.action, deed.subject, deed.detail);
  return done;
}

}  // namespace geili::api
