#pragma once
// A link (and its QR) that makes somebody a seller, helper or manager: 7 days, used once,
// revocable.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "identity/access.hpp"
#include "store/tx.hpp"

namespace geili::identity {

inline constexpr std::chrono::days kInvitationLifetime{7};
inline constexpr int kOpenInvitationsPerInviterMax = 100;
inline constexpr int kInvitationsPageMax = 200;

struct Invitation {
  InvitationId id;
  Role role;
  std::optional<ShopId> shop;
  std::string name;  // of the invited, as the inviter wrote it
  PersonId inviter;
  std::string inviter_name;
  Instant created_at;
  Instant expires_at;
  std::optional<Instant> used_at;
  std::optional<Instant> revoked_at;
};

struct NewInvitation {
  InvitationId id;
  std::string token;  // shown once; the store keeps its hash
  Instant expires_at;
};

// Errors: forbidden (see may_invite), invalid-field, too-many-invitations.
Result<NewInvitation> invite(store::Tx& tx, const Clock& clock, const Actor& inviter, Role role,
                             std::optional<ShopId> shop, std::string_view name);

// What the link opens, for the page that it leads to. Errors: link-unknown, link-used,
// link-revoked, link-expired.
Result<Invitation> look_at_invitation(store::Tx& tx, const Clock& clock, std::string_view token);

struct Acceptance {
  std::string name;
  std::string login;
  std::string password_hash;
};
// Makes the person and the membership. Errors: as look_at_invitation and add_person.
Result<PersonId> accept_invitation(store::Tx& tx, const Clock& clock, std::string_view token,
                                   const Acceptance& acceptance);

// Errors: invitation-unknown (also when `by` may not see it), link-used. Revoking twice is one
// revocation.
Result<void> revoke_invitation(store::Tx& tx, const Clock& clock, const Actor& by, InvitationId id);

// Newest first, below `before`; at most kInvitationsPageMax: of one shop, or all.
std::vector<Invitation> list_invitations(store::Tx& tx, std::optional<ShopId> shop,
                                         InvitationId before, int limit);

}  // namespace geili::identity
