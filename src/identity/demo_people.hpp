#pragma once
// People of the demo: known by a login that begins with "demo-", and gone with one call.

#include <span>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::identity {

// A seller without a password (links alone let it in) who belongs to `shops`; found again when it
// is there.
Result<PersonId> demo_seller(store::Tx& tx, const Clock& clock, std::string_view login,
                             std::string_view name, const std::vector<ShopId>& shops);

// Removes them with their sessions, links, memberships and invitations; the audit keeps their
// numbers.
void remove_demo_people(store::Tx& tx);

// Ends what real people have in a demo shop that goes: their memberships, and invitations to it.
// The people stay.
void leave_demo_shop(store::Tx& tx, ShopId shop);

}  // namespace geili::identity
