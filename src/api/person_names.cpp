#include "api/person_names.hpp"

#include "identity/people.hpp"

namespace geili::api {

const std::string& PersonNames::of(PersonId person) {
  const auto [known, is_new] = names_.try_emplace(person);
  if (is_new) {
    const auto found = identity::find_person(tx_, person);
    if (found) known->second = found->name;
  }
  return known->second;
}

}  // namespace geili::api
