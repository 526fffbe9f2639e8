#pragma once
// A new password for who is signed in. The steps, of which the first and the last are store jobs:
//   password_hash_of(tx, person)  →  guard.admit(login, address)  →  verify(hasher, current, hash)
//   →  hash(hasher, fresh)        →  change_password(tx, clock, session, hash, fresh hash)
// A session that may_reset_password does without the verifying.

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "identity/sessions.hpp"
#include "store/tx.hpp"

namespace geili::identity {

std::string password_hash_of(store::Tx& tx, PersonId person);  // "" when there is none

Error wrong_current_password();  // current-password-wrong, at /current_password

// Ends every other session of the person and the sign-in links that are open. `verified_hash` is
// the one to which the current password was found to fit, none when nothing was verified: refused
// with current-password-wrong when it is the person's no more, or when this session needs one.
Result<void> change_password(store::Tx& tx, const Clock& clock, const SignedIn& session,
                             const std::optional<std::string>& verified_hash,
                             std::string_view fresh_hash);

}  // namespace geili::identity
