#include "identity/sign_in.hpp"

#include "base/household.hpp"
#include "identity/people.hpp"

namespace geili::identity {
namespace {

Result<void> admitted(std::chrono::microseconds wait) {
  if (wait == std::chrono::microseconds::zero()) return {};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return fail(Error::make(ErrorKind::rate_limited, "sign-in-too-often",
                          "Too many tries: wait before the next one.")
                  .with("retry_after_s", seconds));
}

}  // namespace

Credentials find_credentials(store::Tx& tx, std::string_view login) {
  const auto folded = checked_login(login);
  if (!folded) return {};
  return tx
      .one([](const store::Row& row) { return Credentials{row.id<PersonId>(0), row.string(1)}; },
           "SELECT id, password_hash FROM person WHERE login = $1 AND disabled = 0", *folded)
      .value_or(Credentials{});
}

void refresh_password_hash(store::Tx& tx, PersonId person, std::string_view password_hash) {
  tx.exec("UPDATE person SET password_hash = $2 WHERE id = $1", person, password_hash);
}

Error wrong_credentials() {
  return Error::make(ErrorKind::unauthenticated, "wrong-credentials",
                     "The login or the password is wrong.");
}

Result<void> SignInGuard::admit(std::string_view login, std::string_view address) {
  auto from_here = admitted(addresses_.take(household_of(address)));
  if (!from_here) return from_here;
  // What cannot be a login is nobody's, and is limited by its address alone.
  const auto folded = checked_login(login);
  if (!folded) return {};
  return admitted(logins_.take(*folded));
}

void SignInGuard::succeeded(std::string_view login) {
  const auto folded = checked_login(login);
  if (folded) logins_.forgive(*folded);
}

}  // namespace geili::identity
