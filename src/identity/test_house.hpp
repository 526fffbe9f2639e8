#pragma once
// For the tests of this room: a store, a clock, and people to act.

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "identity/people.hpp"
#include "identity/sessions.hpp"
#include "store/testing/test_store.hpp"

namespace geili::identity {

class House : public ::testing::Test {
 protected:
  template <class Job>
  auto write(Job job) {
    return store::write_and_wait(*database_, std::move(job));
  }
  template <class Job>
  auto read(Job job) {
    return store::read_and_wait(*database_, std::move(job));
  }
  PersonId add(std::string_view login, Role role) {
    const auto id = write([&](store::Tx& tx) {
      return add_person(tx, clock_, {std::string(login), std::string(login), "hash", role});
    });
    EXPECT_TRUE(id);
    return *id;
  }
  NewSession sign_in(PersonId person) {
    auto session = write([&](store::Tx& tx) { return open_session(tx, clock_, person); });
    EXPECT_TRUE(session);
    return *session;
  }
  Result<SignedIn> who(std::string_view token) {
    return read([&](store::Tx& tx) { return authenticate(tx, clock_, token); });
  }
  std::int64_t count(std::string_view sql) {
    return *read([&](store::Tx& tx) -> Result<std::int64_t> { return *tx.integer(sql); });
  }

  ManualClock clock_;
  store::testing::TempDatabase database_;
};

// The code of the error, "" for success.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().code;
}
// The first field that an error names.
template <class T>
std::string field_of(const Result<T>& result) {
  return result || result.error().fields.empty() ? "" : result.error().fields.front().path;
}

}  // namespace geili::identity
