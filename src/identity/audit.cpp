#include "identity/audit.hpp"

#include <array>
#include <limits>

#include "base/text.hpp"

namespace geili::identity {
namespace {

constexpr std::string_view kList = "audit";

AuditEntry read_entry(const store::Row& row) {
  AuditEntry entry{.id = row.integer(0),
                   .happened_at = row.instant(1),
                   .person = std::nullopt,
                   .action = row.string(3),
                   .subject = row.string(4),
                   .shop = std::nullopt,
                   .detail = row.string(6)};
  if (!row.is_null(2)) entry.person = row.id<PersonId>(2);
  if (!row.is_null(5)) entry.shop = row.id<ShopId>(5);
  return entry;
}

}  // namespace

void note(store::Tx& tx, const Clock& clock, std::optional<PersonId> person,
          std::string_view action, std::string_view subject, std::optional<ShopId> shop,
          std::string_view detail) {
  tx.exec(
      "INSERT INTO audit (happened_at, person_id, action, subject, shop_id, detail)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      clock.now(), person, action, subject, shop, utf8_prefix(detail, kAuditDetailMax));
}

std::string subject_of(std::string_view kind, std::int64_t id) {
  return std::string(kind) + "/" + std::to_string(id);
}

Result<Page<AuditEntry>> list_audit(store::Tx& tx, const AuditFilter& filter,
                                    const PageRequest& page) {
  auto start = page_start(kList, page, {std::numeric_limits<std::int64_t>::max()});
  if (!start) return fail_as(start);
  Page<AuditEntry> out;
  const auto take = [&](const store::Row& row) { out.items.push_back(read_entry(row)); };
  const std::int64_t before = start->at(0);
  const std::int64_t count = page.limit + 1;
  if (filter.person && filter.shop) {
    tx.each(take,
            "SELECT id, happened_at, person_id, action, subject, shop_id, detail FROM audit"
            " WHERE person_id = $1 AND shop_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4",
            *filter.person, *filter.shop, before, count);
  } else if (filter.person) {
    tx.each(take,
            "SELECT id, happened_at, person_id, action, subject, shop_id, detail FROM audit"
            " WHERE person_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            *filter.person, before, count);
  } else if (filter.shop) {
    tx.each(take,
            "SELECT id, happened_at, person_id, action, subject, shop_id, detail FROM audit"
            " WHERE shop_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            *filter.shop, before, count);
  } else {
    tx.each(take,
            "SELECT id, happened_at, person_id, action, subject, shop_id, detail FROM audit"
            " WHERE id < $1 ORDER BY id DESC LIMIT $2",
            before, count);
  }
  end_page(out, kList, page, [](const AuditEntry& entry) { return std::array{entry.id}; });
  return out;
}

}  // namespace geili::identity
