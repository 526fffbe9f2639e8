#include "identity/people.hpp"

#include <algorithm>
#include <cassert>

#include "base/text.hpp"
#include "identity/audit.hpp"

namespace geili::identity {
namespace {

using store::Row;
using store::Tx;

constexpr std::size_t kLoginLengthMin = 3;
constexpr std::size_t kLoginLengthMax = 64;
constexpr std::size_t kNameLengthMax = 80;

// SELECT id, name, login, role, disabled, created_at
Person decode_person(const Row& row) {
  const auto role = parse_role(row.text(3));
  assert(role);
  return {row.id<PersonId>(0), row.string(1), row.string(2), *role, row.boolean(4), row.instant(5)};
}

bool fits_login(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("._-@+").contains(c);
}

std::unexpected<Error> unknown_person() {
  return fail(ErrorKind::not_found, "person-unknown", "There is no such person.");
}

// Whether an administrator who can sign in remains without `id`.
bool has_other_admin(Tx& tx, PersonId id) {
  return tx
      .integer("SELECT 1 FROM person WHERE role = 'admin' AND disabled = 0 AND id <> $1 LIMIT 1",
               id)
      .has_value();
}

Result<void> check_admin_remains(Tx& tx, const Person& person) {
  if (person.role != Role::admin || person.disabled || has_other_admin(tx, person.id)) return {};
  return fail(ErrorKind::conflict, "last-admin",
              "This is the last administrator: make another one first.");
}

}  // namespace

Result<std::string> checked_login(std::string_view login) {
  std::string folded;
  if (login.size() >= kLoginLengthMin && login.size() <= kLoginLengthMax) {
    std::ranges::transform(login, std::back_inserter(folded), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  }
  if (folded.empty() || !std::ranges::all_of(folded, fits_login)) {
    return fail(Error::invalid_field(
        "/login", "A login has 3 to 64 letters (a-z), digits or one of . _ - @ +"));
  }
  return folded;
}

Result<std::string> checked_name(std::string_view name) {
  return checked_text(name, {.min_length = 1, .max_length = kNameLengthMax}, "/name");
}

Result<PersonId> add_person(Tx& tx, const Clock& clock, const NewPerson& person) {
  auto login = checked_login(person.login);
  if (!login) return fail_as(login);
  if (login->starts_with(kDemoLoginPrefix) && !person.password_hash.empty()) {
    return fail(Error::invalid_field("/login", "begins with demo-, which is kept for the demo"));
  }
  auto name = checked_name(person.name);
  if (!name) return fail_as(name);
  const auto id = tx.integer(
      "INSERT INTO person (name, login, password_hash, role, created_at) VALUES ($1, $2, $3, $4, "
      "$5)"
      " ON CONFLICT (login) DO NOTHING RETURNING id",
      *name, *login, person.password_hash, role_name(person.role), clock.now());
  if (id) return PersonId{*id};
  Error taken = Error::make(ErrorKind::conflict, "login-taken", "Somebody has this login already.");
  taken.fields.push_back({"/login", "is taken"});
  return fail(std::move(taken));
}

Result<Person> find_person(Tx& tx, PersonId id) {
  auto person =
      tx.one(decode_person,
             "SELECT id, name, login, role, disabled, created_at FROM person WHERE id = $1", id);
  if (!person) return unknown_person();
  return std::move(*person);
}

Result<Person> find_person_by_login(Tx& tx, std::string_view login) {
  const auto folded = checked_login(login);
  if (!folded) return unknown_person();
  auto person = tx.one(
      decode_person,
      "SELECT id, name, login, role, disabled, created_at FROM person WHERE login = $1", *folded);
  if (!person) return unknown_person();
  return std::move(*person);
}

std::vector<Person> list_people(Tx& tx, PersonId after, int limit) {
  std::vector<Person> people;
  tx.each([&](const Row& row) { people.push_back(decode_person(row)); },
          "SELECT id, name, login, role, disabled, created_at FROM person WHERE id > $1"
          " ORDER BY id LIMIT $2",
          after, std::clamp(limit, 1, kPeoplePageMax));
  return people;
}

bool has_admin(Tx& tx) {
  return has_other_admin(tx, PersonId{0});
}

Result<void> set_disabled(Tx& tx, const Clock& clock, PersonId by, PersonId id, bool disabled) {
  auto person = find_person(tx, id);
  if (!person) return fail_as(person);
  if (person->disabled == disabled) return {};
  if (disabled) {
    if (auto remains = check_admin_remains(tx, *person); !remains) return remains;
    tx.exec("DELETE FROM session WHERE person_id = $1", id);
    tx.exec("DELETE FROM entry_link WHERE person_id = $1", id);
    tx.exec(
        "UPDATE invitation SET revoked_at = $2"
        " WHERE inviter_id = $1 AND used_at IS NULL AND revoked_at IS NULL",
        id, clock.now());
  }
  tx.exec("UPDATE person SET disabled = $2 WHERE id = $1", id, disabled);
  note(tx, clock, by, disabled ? "person-disabled" : "person-enabled",
       subject_of("person", id.value));
  return {};
}

Result<void> set_role(Tx& tx, const Clock& clock, PersonId by, PersonId id, Role role) {
  auto person = find_person(tx, id);
  if (!person) return fail_as(person);
  if (person->role == role) return {};
  if (auto remains = check_admin_remains(tx, *person); !remains) return remains;
  tx.exec("UPDATE person SET role = $2 WHERE id = $1", id, role_name(role));
  note(tx, clock, by, "role-changed", subject_of("person", id.value), std::nullopt,
       std::string(role_name(person->role)) + " → " + std::string(role_name(role)));
  return {};
}

Result<void> rename_person(Tx& tx, PersonId id, std::string_view name) {
  auto checked = checked_name(name);
  if (!checked) return fail_as(checked);
  if (tx.exec("UPDATE person SET name = $2 WHERE id = $1", id, *checked) == 0)
    return unknown_person();
  return {};
}

Result<void> add_membership(Tx& tx, const Clock& clock, PersonId person, ShopId shop) {
  auto found = find_person(tx, person);
  if (!found) return fail_as(found);
  if (tx.integer("SELECT count(*) FROM membership WHERE person_id = $1", person) >=
      kMembershipsMax) {
    return fail(ErrorKind::conflict, "too-many-memberships", "This person is in too many shops.");
  }
  tx.exec(
      "INSERT INTO membership (person_id, shop_id, created_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (person_id, shop_id) DO NOTHING",
      person, shop, clock.now());
  return {};
}

void remove_membership(Tx& tx, PersonId person, ShopId shop) {
  tx.exec("DELETE FROM membership WHERE person_id = $1 AND shop_id = $2", person, shop);
}

std::vector<ShopId> shops_of(Tx& tx, PersonId person) {
  std::vector<ShopId> shops;
  tx.each([&](const Row& row) { shops.push_back(row.id<ShopId>(0)); },
          "SELECT shop_id FROM membership WHERE person_id = $1 ORDER BY shop_id", person);
  return shops;
}

std::vector<Person> members_of(Tx& tx, ShopId shop) {
  std::vector<Person> people;
  tx.each([&](const Row& row) { people.push_back(decode_person(row)); },
          "SELECT p.id, p.name, p.login, p.role, p.disabled, p.created_at FROM membership m"
          " JOIN person p ON p.id = m.person_id WHERE m.shop_id = $1 ORDER BY p.id LIMIT $2",
          shop, kPeoplePageMax);
  return people;
}

}  // namespace geili::identity
