#pragma once
// Who did what to what, and when: kept for good, written in the transaction of the deed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "store/tx.hpp"

namespace geili::identity {

struct AuditEntry {
  std::int64_t id;
  Instant happened_at;
  std::optional<PersonId> person;  // none: the program, or a visitor
  std::string action;              // "invitation-accepted"
  std::string subject;             // "invitation/12"
};

inline constexpr int kAuditPageMax = 200;

// Neither text may hold a secret or a buyer's data.
void note(store::Tx& tx, const Clock& clock, std::optional<PersonId> person,
          std::string_view action, std::string_view subject);
std::string subject_of(std::string_view kind, std::int64_t id);  // "person/3"

// Newest first, those with an id below `before`; at most kAuditPageMax.
std::vector<AuditEntry> list_audit(store::Tx& tx, std::int64_t before, int limit);

}  // namespace geili::identity
