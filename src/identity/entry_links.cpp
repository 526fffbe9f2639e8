#include "identity/entry_links.hpp"

#include "identity/audit.hpp"
#include "identity/link_state.hpp"
#include "identity/people.hpp"
#include "identity/token.hpp"

namespace geili::identity {
namespace {

using store::Row;
using store::Tx;

constexpr std::string_view kSetup = "setup";
constexpr std::string_view kSignIn = "sign-in";

struct Link {
  std::int64_t id;
  std::int64_t person;  // 0 for setup
  LinkTimes times;
};

NewLink add_link(Tx& tx, const Clock& clock, std::string_view kind, std::optional<PersonId> person,
                 std::chrono::microseconds lifetime) {
  NewToken token = new_token();
  const Instant expires_at = clock.now() + lifetime;
  tx.exec(
      "INSERT INTO entry_link (token_hash, kind, person_id, created_at, expires_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      token.hash, kind, person, clock.now(), expires_at);
  return {std::move(token.token), expires_at};
}

Result<Link> find_open(Tx& tx, const Clock& clock, std::string_view kind, std::string_view token) {
  const auto link = tx.one(
      [](const Row& row) {
        return Link{row.integer(0),
                    row.optional_integer(1).value_or(0),
                    {row.instant(2), row.optional_instant(3), std::nullopt}};
      },
      "SELECT id, person_id, expires_at, used_at FROM entry_link WHERE token_hash = $1 AND kind = "
      "$2",
      hash_token(token), kind);
  if (!link) return unknown_link();
  auto open = check_open(link->times, clock.now());
  if (!open) return fail_as(open);
  return *link;
}

Result<Link> find_setup(Tx& tx, const Clock& clock, std::string_view token) {
  auto link = find_open(tx, clock, kSetup, token);
  if (link && has_admin(tx)) {
    return fail(ErrorKind::gone, "link-used", "There is an administrator already.");
  }
  return link;
}

Result<void> use_up(Tx& tx, const Clock& clock, const Link& link) {
  if (tx.exec("UPDATE entry_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL", link.id,
              clock.now()) == 1) {
    return {};
  }
  return fail(ErrorKind::gone, "link-used", "This link was used already.");
}

std::unexpected<Error> may_not_let_in() {
  return fail(ErrorKind::forbidden, "forbidden", "You may not let this person in.");
}

// Ended ones count too: whoever asks again and again fills the table and the audit.
Result<void> check_room_for_one(Tx& tx, const Clock& clock, PersonId person) {
  const Instant since = clock.now() - kSignInLinkLifetime;
  const auto in_the_way = tx.one(
      [](const Row& row) { return row.instant(0); },
      "SELECT created_at FROM entry_link WHERE kind = $1 AND person_id = $2 AND created_at > $3"
      " ORDER BY created_at DESC LIMIT 1 OFFSET $4",
      kSignIn, person, since, kSignInLinksPerPersonMax - 1);
  if (!in_the_way) return {};
  const auto wait = *in_the_way - since;
  return fail(Error::make(ErrorKind::rate_limited, "too-many-sign-in-links",
                          "Too many links were made for this person: use the last one, or wait.")
                  .with("limit", kSignInLinksPerPersonMax)
                  .with("retry_after_s", std::chrono::ceil<std::chrono::seconds>(wait).count()));
}

}  // namespace

std::optional<NewLink> make_setup_link(Tx& tx, const Clock& clock) {
  if (has_admin(tx)) return std::nullopt;
  tx.exec("DELETE FROM entry_link WHERE kind = $1 AND used_at IS NULL", kSetup);
  note(tx, clock, std::nullopt, "setup-link-made", "house");
  return add_link(tx, clock, kSetup, std::nullopt, kSetupLinkLifetime);
}

Result<void> look_at_setup_link(Tx& tx, const Clock& clock, std::string_view token) {
  auto link = find_setup(tx, clock, token);
  if (!link) return fail_as(link);
  return {};
}

Result<PersonId> use_setup_link(Tx& tx, const Clock& clock, std::string_view token,
                                const Acceptance& administrator) {
  auto link = find_setup(tx, clock, token);
  if (!link) return fail_as(link);
  auto person = add_person(tx, clock,
                           {.name = administrator.name,
                            .login = administrator.login,
                            .password_hash = administrator.password_hash,
                            .role = Role::admin});
  if (!person) return person;
  auto used = use_up(tx, clock, *link);
  if (!used) return fail_as(used);
  note(tx, clock, *person, "setup-link-used", subject_of("person", person->value));
  return person;
}

Result<NewLink> make_sign_in_link(Tx& tx, const Clock& clock, std::optional<PersonId> by,
                                  PersonId person) {
  auto found = find_person(tx, person);
  if (!found) return fail_as(found);
  if (found->disabled) {
    return fail(ErrorKind::forbidden, "person-disabled", "This person may not sign in any more.");
  }
  end_sign_in_links(tx, clock, person);
  note(tx, clock, by, "sign-in-link-made", subject_of("person", person.value));
  return add_link(tx, clock, kSignIn, person, kSignInLinkLifetime);
}

Result<NewLink> let_in(Tx& tx, const Clock& clock, const Actor& by, PersonId person) {
  // Who may let nobody in is not told who is here.
  if (!may(by, Action::let_people_in)) return may_not_let_in();
  auto found = find_person(tx, person);
  if (!found) return fail_as(found);
  if (!may_let_in(by, found->role)) return may_not_let_in();
  if (auto room = check_room_for_one(tx, clock, person); !room) return fail_as(room);
  return make_sign_in_link(tx, clock, by.person, person);
}

Result<PersonId> use_sign_in_link(Tx& tx, const Clock& clock, std::string_view token) {
  auto link = find_open(tx, clock, kSignIn, token);
  if (!link) return fail_as(link);
  auto used = use_up(tx, clock, *link);
  if (!used) return fail_as(used);
  note(tx, clock, PersonId{link->person}, "sign-in-link-used", subject_of("person", link->person));
  return PersonId{link->person};
}

std::string sign_in_path(std::string_view token) {
  return "/signin/link#" + std::string(token);
}

void end_sign_in_links(Tx& tx, const Clock& clock, PersonId person) {
  tx.exec(
      "UPDATE entry_link SET expires_at = $3"
      " WHERE kind = $1 AND person_id = $2 AND used_at IS NULL AND expires_at > $3",
      kSignIn, person, clock.now());
}

}  // namespace geili::identity
