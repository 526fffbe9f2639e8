#include "identity/demo_people.hpp"

#include <cassert>

#include "identity/people.hpp"

namespace geili::identity {

Result<PersonId> demo_seller(store::Tx& tx, const Clock& clock, std::string_view login,
                             std::string_view name, const std::vector<ShopId>& shops) {
  assert(login.starts_with(kDemoLoginPrefix));
  const auto known = tx.integer("SELECT id FROM person WHERE login = $1", login);
  PersonId person{known.value_or(0)};
  if (!known) {
    const auto added = add_person(tx, clock,
                                  {.name = std::string(name),
                                   .login = std::string(login),
                                   .password_hash = "",
                                   .role = Role::seller});
    if (!added) return added;
    person = *added;
  }
  for (const ShopId shop : shops) {
    const auto member = add_membership(tx, clock, person, shop);
    if (!member) return std::unexpected(member.error());
  }
  return person;
}

void remove_demo_people(store::Tx& tx) {
  tx.exec(
      "DELETE FROM session WHERE person_id IN (SELECT id FROM person WHERE login LIKE 'demo-%')");
  tx.exec(
      "DELETE FROM membership WHERE person_id IN "
      "(SELECT id FROM person WHERE login LIKE 'demo-%')");
  tx.exec(
      "DELETE FROM entry_link WHERE person_id IN "
      "(SELECT id FROM person WHERE login LIKE 'demo-%')");
  tx.exec(
      "DELETE FROM invitation WHERE inviter_id IN "
      "(SELECT id FROM person WHERE login LIKE 'demo-%')");
  tx.exec(
      "UPDATE invitation SET used_by = NULL WHERE used_by IN "
      "(SELECT id FROM person WHERE login LIKE 'demo-%')");
  tx.exec("DELETE FROM person WHERE login LIKE 'demo-%'");
}

void leave_demo_shop(store::Tx& tx, ShopId shop) {
  tx.exec("DELETE FROM membership WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM invitation WHERE shop_id = $1", shop);
}

}  // namespace geili::identity
