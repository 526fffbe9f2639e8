#include "identity/password_change.hpp"

#include "identity/audit.hpp"
#include "identity/entry_links.hpp"

namespace geili::identity {

std::string password_hash_of(store::Tx& tx, PersonId person) {
  return tx
      .one([](const store::Row& row) { return row.string(0); },
           "SELECT password_hash FROM person WHERE id = $1", person)
      .value_or(std::string());
}

Error wrong_current_password() {
  Error wrong = Error::make(ErrorKind::unprocessable, "current-password-wrong",
                            "The current password is wrong.");
  wrong.fields.push_back({"/current_password", "is wrong"});
  return wrong;
}

Result<void> change_password(store::Tx& tx, const Clock& clock, const SignedIn& session,
                             const std::optional<std::string>& verified_hash,
                             std::string_view fresh_hash) {
  const PersonId person = *session.actor.person;
  const bool is_proven =
      verified_hash ? *verified_hash == password_hash_of(tx, person) : session.may_reset_password;
  if (!is_proven) return fail(wrong_current_password());
  tx.exec("UPDATE person SET password_hash = $2 WHERE id = $1", person, fresh_hash);
  tx.exec("DELETE FROM session WHERE person_id = $1 AND id <> $2", person,
          session.actor.session_id);
  tx.exec("UPDATE session SET may_reset_password = 0 WHERE id = $1", session.actor.session_id);
  end_sign_in_links(tx, clock, person);
  note(tx, clock, person, "password-changed", subject_of("person", person.value));
  return {};
}

}  // namespace geili::identity
