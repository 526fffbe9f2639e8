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
// One is open at a time; so many may be asked for in the time of one link.
inline constexpr int kSignInLinksPerPersonMax = 5;

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

// Ends the links made for this person before. `by`: who asked for it, none for the program itself.
// Errors: person-unknown, person-disabled.
Result<NewLink> make_sign_in_link(store::Tx& tx, const Clock& clock, std::optional<PersonId> by,
                                  PersonId person);
// The same for `by`, when it may (may_let_in). Errors: forbidden, too-many-sign-in-links, and those
// of make_sign_in_link.
Result<NewLink> let_in(store::Tx& tx, const Clock& clock, const Actor& by, PersonId person);
// The person to open a session for. Errors: link-unknown, link-used, link-expired.
Result<PersonId> use_sign_in_link(store::Tx& tx, const Clock& clock, std::string_view token);
// Where the page is that uses it, on this server: "/signin/link#token".
std::string sign_in_path(std::string_view token);
// Those of one person that are open; each is told as expired from then on.
void end_sign_in_links(store::Tx& tx, const Clock& clock, PersonId person);

}  // namespace geili::identity
