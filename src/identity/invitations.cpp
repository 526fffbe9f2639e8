#include "identity/invitations.hpp"

#include <algorithm>
#include <cassert>

#include "identity/audit.hpp"
#include "identity/link_state.hpp"
#include "identity/people.hpp"
#include "identity/token.hpp"

namespace geili::identity {
namespace {

using store::Row;
using store::Tx;

Invitation decode(const Row& row) {
  const auto role = parse_role(row.text(1));
  assert(role);
  Invitation invitation{.id = row.id<InvitationId>(0),
                        .role = *role,
                        .shop = std::nullopt,
                        .name = row.string(3),
                        .inviter = row.id<PersonId>(4),
                        .inviter_name = row.string(5),
                        .created_at = row.instant(6),
                        .expires_at = row.instant(7),
                        .used_at = row.optional_instant(8),
                        .revoked_at = row.optional_instant(9)};
  if (!row.is_null(2)) invitation.shop = row.id<ShopId>(2);
  return invitation;
}

constexpr std::string_view kByToken =
    "SELECT i.id, i.role, i.shop_id, i.name, i.inviter_id, p.name, i.created_at, i.expires_at,"
    " i.used_at, i.revoked_at FROM invitation i JOIN person p ON p.id = i.inviter_id"
    " WHERE i.token_hash = $1";
constexpr std::string_view kById =
    "SELECT i.id, i.role, i.shop_id, i.name, i.inviter_id, p.name, i.created_at, i.expires_at,"
    " i.used_at, i.revoked_at FROM invitation i JOIN person p ON p.id = i.inviter_id"
    " WHERE i.id = $1";
constexpr std::string_view kPage =
    "SELECT i.id, i.role, i.shop_id, i.name, i.inviter_id, p.name, i.created_at, i.expires_at,"
    " i.used_at, i.revoked_at FROM invitation i JOIN person p ON p.id = i.inviter_id"
    " WHERE i.id < $1 ORDER BY i.id DESC LIMIT $2";
constexpr std::string_view kPageOfShop =
    "SELECT i.id, i.role, i.shop_id, i.name, i.inviter_id, p.name, i.created_at, i.expires_at,"
    " i.used_at, i.revoked_at FROM invitation i JOIN person p ON p.id = i.inviter_id"
    " WHERE i.id < $1 AND i.shop_id = $3 ORDER BY i.id DESC LIMIT $2";

Result<void> check_room_for_one(Tx& tx, const Clock& clock, PersonId inviter) {
  const auto open = tx.integer(
      "SELECT count(*) FROM invitation WHERE inviter_id = $1 AND used_at IS NULL"
      " AND revoked_at IS NULL AND expires_at > $2",
      inviter, clock.now());
  if (open < kOpenInvitationsPerInviterMax) return {};
  return fail(Error::make(ErrorKind::conflict, "too-many-invitations",
                          "Too many invitations are open: revoke some, or wait for their end.")
                  .with("limit", kOpenInvitationsPerInviterMax));
}

bool may_revoke(const Actor& actor, const Invitation& invitation) {
  return actor.person == invitation.inviter || may_invite(actor, invitation.role, invitation.shop);
}

}  // namespace

Result<NewInvitation> invite(Tx& tx, const Clock& clock, const Actor& inviter, Role role,
                             std::optional<ShopId> shop, std::string_view name) {
  if (!may_invite(inviter, role, shop)) {
    return fail(ErrorKind::forbidden, "forbidden", "You may not invite this role to this place.");
  }
  auto checked = checked_name(name);
  if (!checked) return fail_as(checked);
  if (auto room = check_room_for_one(tx, clock, *inviter.person); !room) return fail_as(room);
  NewToken token = new_token();
  const Instant expires_at = clock.now() + kInvitationLifetime;
  const auto id = tx.integer(
      "INSERT INTO invitation (token_hash, role, shop_id, name, inviter_id, created_at, expires_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      token.hash, role_name(role), shop, *checked, inviter.person, clock.now(), expires_at);
  note(tx, clock, inviter.person, "invitation-made", subject_of("invitation", *id), shop,
       role_name(role));
  return NewInvitation{InvitationId{*id}, std::move(token.token), expires_at};
}

Result<Invitation> look_at_invitation(Tx& tx, const Clock& clock, std::string_view token) {
  auto found = tx.one(decode, kByToken, hash_token(token));
  if (!found) return unknown_link();
  auto open = check_open({found->expires_at, found->used_at, found->revoked_at}, clock.now());
  if (!open) return fail_as(open);
  return std::move(*found);
}

Result<PersonId> accept_invitation(Tx& tx, const Clock& clock, std::string_view token,
                                   const Acceptance& acceptance) {
  auto invitation = look_at_invitation(tx, clock, token);
  if (!invitation) return fail_as(invitation);
  auto person = add_person(tx, clock,
                           {.name = acceptance.name,
                            .login = acceptance.login,
                            .password_hash = acceptance.password_hash,
                            .role = invitation->role});
  if (!person) return person;
  // The guard holds where transactions run side by side.
  const auto taken = tx.exec(
      "UPDATE invitation SET used_at = $2, used_by = $3"
      " WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL",
      invitation->id, clock.now(), *person);
  if (taken == 0) return fail(ErrorKind::gone, "link-used", "This link was used already.");
  if (invitation->shop) {
    auto member = add_membership(tx, clock, *person, *invitation->shop);
    if (!member) return fail_as(member);
  }
  note(tx, clock, *person, "invitation-accepted", subject_of("invitation", invitation->id.value),
       invitation->shop, role_name(invitation->role));
  return person;
}

Result<void> revoke_invitation(Tx& tx, const Clock& clock, const Actor& by, InvitationId id) {
  const auto found = tx.one(decode, kById, id);
  if (!found || !may_revoke(by, *found)) {
    return fail(ErrorKind::not_found, "invitation-unknown", "There is no such invitation.");
  }
  if (found->used_at) return fail(ErrorKind::gone, "link-used", "This link was used already.");
  if (found->revoked_at) return {};
  tx.exec("UPDATE invitation SET revoked_at = $2 WHERE id = $1", id, clock.now());
  note(tx, clock, by.person, "invitation-revoked", subject_of("invitation", id.value), found->shop);
  return {};
}

std::vector<Invitation> list_invitations(Tx& tx, std::optional<ShopId> shop, InvitationId before,
                                         int limit) {
  std::vector<Invitation> invitations;
  const auto keep = [&](const Row& row) { invitations.push_back(decode(row)); };
  const int count = std::clamp(limit, 1, kInvitationsPageMax);
  if (shop) {
    tx.each(keep, kPageOfShop, before, count, *shop);
  } else {
    tx.each(keep, kPage, before, count);
  }
  return invitations;
}

}  // namespace geili::identity
