#pragma once
// The names of people, each read once.

#include <map>
#include <string>

#include "base/id.hpp"
#include "store/tx.hpp"

namespace geili::api {

// Of one transaction.
class PersonNames {
 public:
  explicit PersonNames(store::Tx& tx) : tx_(tx) {}
  // Empty when there is no such person.
  const std::string& of(PersonId person);

 private:
  store::Tx& tx_;
  std::map<PersonId, std::string> names_;
};

}  // namespace geili::api
