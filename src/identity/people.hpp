#pragma once
// People who sign in: sellers, helpers, managers and administrators. Buyers need no account; see
// devices.

#include <cstdint>
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

struct Person {
  PersonId id;
  std::string name;
  std::string login;
  Role role;
  bool disabled;
  Instant created_at;
};

inline constexpr int kPeoplePageMax = 200;
inline constexpr int kMembershipsMax = 100;
// Logins of the demo's people, which go with the demo: nobody who has a password can have one.
inline constexpr std::string_view kDemoLoginPrefix = "demo-";

// 3 to 64 ASCII letters, digits and . _ - @ +, in lower case afterwards. Errors name /login.
Result<std::string> checked_login(std::string_view login);
// 1 to 80 characters. Errors name /name.
Result<std::string> checked_name(std::string_view name);

struct NewPerson {
  std::string name;
  std::string login;
  std::string password_hash;  // of PasswordHasher; "" for a person who enters by links alone
  Role role;
};
// Errors: invalid-field, login-taken.
Result<PersonId> add_person(store::Tx& tx, const Clock& clock, const NewPerson& person);

Result<Person> find_person(store::Tx& tx, PersonId id);                      // person-unknown
Result<Person> find_person_by_login(store::Tx& tx, std::string_view login);  // person-unknown
// By id, those after `after`; at most kPeoplePageMax.
std::vector<Person> list_people(store::Tx& tx, PersonId after, int limit);
bool has_admin(store::Tx& tx);

// `by` goes into the audit. Disabling ends the person's sessions, links and open invitations. The
// last administrator stays: last-admin.
Result<void> set_disabled(store::Tx& tx, const Clock& clock, PersonId by, PersonId id,
                          bool disabled);
Result<void> set_role(store::Tx& tx, const Clock& clock, PersonId by, PersonId id, Role role);
Result<void> rename_person(store::Tx& tx, PersonId id, std::string_view name);

// Errors: person-unknown, too-many-memberships. Adding one that is there changes nothing.
Result<void> add_membership(store::Tx& tx, const Clock& clock, PersonId person, ShopId shop);
void remove_membership(store::Tx& tx, PersonId person, ShopId shop);
std::vector<ShopId> shops_of(store::Tx& tx, PersonId person);
std::vector<Person> members_of(store::Tx& tx, ShopId shop);

}  // namespace geili::identity
