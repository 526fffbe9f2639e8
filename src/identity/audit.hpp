#pragma once
// Who did what to what, and when: kept for good, written in the transaction of the deed.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::identity {

inline constexpr std::size_t kAuditDetailMax = 200;  // bytes; a longer one is cut

struct AuditEntry {
  std::int64_t id;
  Instant happened_at;
  std::optional<PersonId> person;  // none: the program, or a visitor
  std::string action;              // "invitation-accepted"
  std::string subject;             // "invitation/12"
  std::optional<ShopId> shop;      // none: of the house
  std::string detail;              // "288.00 → 270.00 CNY"; often empty
};

// No text may hold a secret or a buyer's data.
void note(store::Tx& tx, const Clock& clock, std::optional<PersonId> person,
          std::string_view action, std::string_view subject,
          std::optional<ShopId> shop = std::nullopt, std::string_view detail = "");
std::string subject_of(std::string_view kind, std::int64_t id);  // "person/3"

struct AuditFilter {
  std::optional<PersonId> person;
  std::optional<ShopId> shop;
};
// Newest first. Fails with bad-cursor, invalid-field.
Result<Page<AuditEntry>> list_audit(store::Tx& tx, const AuditFilter& filter,
                                    const PageRequest& page);

}  // namespace geili::identity
