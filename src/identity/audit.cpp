#include "identity/audit.hpp"

#include <algorithm>

namespace geili::identity {

void note(store::Tx& tx, const Clock& clock, std::optional<PersonId> person,
          std::string_view action, std::string_view subject) {
  tx.exec("INSERT INTO audit (happened_at, person_id, action, subject) VALUES ($1, $2, $3, $4)",
          clock.now(), person, action, subject);
}

std::string subject_of(std::string_view kind, std::int64_t id) {
  return std::string(kind) + "/" + std::to_string(id);
}

std::vector<AuditEntry> list_audit(store::Tx& tx, std::int64_t before, int limit) {
  std::vector<AuditEntry> entries;
  tx.each(
      [&](const store::Row& row) {
        AuditEntry entry{row.integer(0), row.instant(1), std::nullopt, row.string(3),
                         row.string(4)};
        if (!row.is_null(2)) entry.person = row.id<PersonId>(2);
        entries.push_back(std::move(entry));
      },
      "SELECT id, happened_at, person_id, action, subject FROM audit WHERE id < $1"
      " ORDER BY id DESC LIMIT $2",
      before, std::clamp(limit, 1, kAuditPageMax));
  return entries;
}

}  // namespace geili::identity
