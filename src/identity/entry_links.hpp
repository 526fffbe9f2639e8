#pragma once
// Single-use links that let somebody in without a password: the first administrator, and a person
// who signs in by a link (another phone, a forgotten password, the demo).

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "identity/invitations.hpp"
#include "store/tx.hpp"

namespace geili::identity {

inline constexpr std::chrono::days kSetupLinkLifetime{7};
inline constexpr std::chrono::minutes kSignInLinkLifetime{15};

struct NewLink {
  std::string token;
  Instant expires_at;
};

// For every start of the program: a new link while there is no administrator, which ends the one
// before; none when there is one.
std::optional<NewLink> make_setup_link(store::Tx& tx, const Clock& clock);
// For the page that the link leads to. Errors: link-unknown, link-used, link-expired.
Result<void> look_at_setup_link(store::Tx& tx, const Clock& clock, std::string_view token);
// Makes the administrator. Errors: as look_at_setup_link and add_person.
Result<PersonId> use_setup_link(store::Tx& tx, const Clock& clock, std::string_view token,
                                const Acceptance& administrator);

// Errors: person-unknown, person-disabled. `by`: who asked for it, none for the program itself.
Result<NewLink> make_sign_in_link(store::Tx& tx, const Clock& clock, std::optional<PersonId> by,
                                  PersonId person);
// The person to open a session for. Errors: link-unknown, link-used, link-expired.
Result<PersonId> use_sign_in_link(store::Tx& tx, const Clock& clock, std::string_view token);

}  // namespace geili::identity
