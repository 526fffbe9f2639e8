#include "identity/sessions.hpp"

#include <cassert>

#include "identity/people.hpp"
#include "identity/token.hpp"

namespace geili::identity {
namespace {

using store::Row;
using store::Tx;

constexpr std::chrono::days kEndedLinksKept{30};

void end_the_longest_rested(Tx& tx, PersonId person) {
  tx.exec(
      "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE person_id = $1"
      " ORDER BY last_seen_at DESC, id DESC LIMIT 1000 OFFSET $2)",
      person, kSessionsPerPersonMax - 1);
}

struct Found {
  SignedIn signed_in;
  Instant last_seen_at;
};

Found decode(const Row& row) {
  const auto role = parse_role(row.text(5));
  assert(role);
  return {.signed_in = {.actor = {.person = row.id<PersonId>(1),
                                  .role = *role,
                                  .session_id = row.integer(0),
                                  .shops = {}},
                        .name = row.string(6),
                        .login = row.string(7),
                        .csrf_token = row.string(2),
                        .expires_at = row.instant(4),
                        .touch_due = false,
                        .may_reset_password = row.boolean(8)},
          .last_seen_at = row.instant(3)};
}

}  // namespace

Result<NewSession> open_session(Tx& tx, const Clock& clock, PersonId person, Entry entry) {
  auto found = find_person(tx, person);
  if (!found) return fail_as(found);
  if (found->disabled) {
    return fail(ErrorKind::forbidden, "person-disabled", "This person may not sign in any more.");
  }
  end_the_longest_rested(tx, person);
  NewToken token = new_token();
  NewSession session{0, std::move(token.token), new_token().token, clock.now() + kSessionLifetime};
  const bool may_reset =
      entry == Entry::sign_in_link && !found->login.starts_with(kDemoLoginPrefix);
  session.id = *tx.integer(
      "INSERT INTO session (token_hash, person_id, csrf_token, created_at, last_seen_at, "
      "expires_at, may_reset_password)"
      " VALUES ($1, $2, $3, $4, $4, $5, $6) RETURNING id",
      token.hash, person, session.csrf_token, clock.now(), session.expires_at, may_reset);
  return session;
}

Result<SignedIn> authenticate(Tx& tx, const Clock& clock, std::string_view token) {
  auto found = tx.one(
      decode,
      "SELECT s.id, s.person_id, s.csrf_token, s.last_seen_at, s.expires_at, p.role,"
      " p.name, p.login, s.may_reset_password FROM session s JOIN person p ON p.id = s.person_id"
      " WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.disabled = 0",
      hash_token(token), clock.now());
  if (!found) return fail(ErrorKind::unauthenticated, "signed-out", "Sign in first.");
  found->signed_in.touch_due = clock.now() - found->last_seen_at >= kSessionTouchEvery;
  found->signed_in.actor.shops = shops_of(tx, *found->signed_in.actor.person);
  return std::move(found->signed_in);
}

void touch_session(Tx& tx, const Clock& clock, std::int64_t session_id) {
  tx.exec("UPDATE session SET last_seen_at = $2, expires_at = $3 WHERE id = $1", session_id,
          clock.now(), clock.now() + kSessionLifetime);
}

void close_session(Tx& tx, std::int64_t session_id) {
  tx.exec("DELETE FROM session WHERE id = $1", session_id);
}

void close_sessions_of(Tx& tx, PersonId person) {
  tx.exec("DELETE FROM session WHERE person_id = $1", person);
}

void sweep_expired(Tx& tx, const Clock& clock) {
  tx.exec("DELETE FROM session WHERE expires_at <= $1", clock.now());
  tx.exec("DELETE FROM entry_link WHERE expires_at <= $1", clock.now() - kEndedLinksKept);
}

}  // namespace geili::identity
