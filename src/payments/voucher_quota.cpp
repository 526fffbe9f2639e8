#include "payments/voucher_quota.hpp"

namespace geili::payments {
namespace {

std::string_view to_text(QuotaKind kind) {
  return kind == QuotaKind::show ? "show" : "deal";
}

VoucherQuota read_quota(const store::Row& row) {
  return {row.id<VoucherQuotaId>(0), row.integer(1), row.integer(2)};
}

}  // namespace

Result<VoucherQuota> set_voucher_quota(store::Tx& tx, QuotaKind kind, std::int64_t subject,
                                       std::int64_t max_vouchers) {
  if (max_vouchers < 0 || max_vouchers > kVouchersMax) {
    return fail(Error::invalid_field("/max_vouchers", "is not between 0 and 100000"));
  }
  auto set = tx.one(read_quota,
                    "INSERT INTO voucher_quota (kind, subject_id, max_vouchers, taken)"
                    " VALUES ($1, $2, $3, 0) ON CONFLICT (kind, subject_id) DO UPDATE"
                    " SET max_vouchers = excluded.max_vouchers"
                    " WHERE voucher_quota.taken <= excluded.max_vouchers"
                    " RETURNING id, max_vouchers, taken",
                    to_text(kind), subject, max_vouchers);
  if (!set) return fail(Error::invalid_field("/max_vouchers", "is less than are out already"));
  return *set;
}

std::optional<VoucherQuota> find_voucher_quota(store::Tx& tx, QuotaKind kind,
                                               std::int64_t subject) {
  return tx.one(
      read_quota,
      "SELECT id, max_vouchers, taken FROM voucher_quota WHERE kind = $1 AND subject_id = $2",
      to_text(kind), subject);
}

Result<void> take_voucher(store::Tx& tx, VoucherQuotaId quota) {
  if (tx.exec("UPDATE voucher_quota SET taken = taken + 1 WHERE id = $1 AND taken < max_vouchers",
              quota) == 1) {
    return {};
  }
  const auto max = tx.integer("SELECT max_vouchers FROM voucher_quota WHERE id = $1", quota);
  if (!max) {
    return fail(ErrorKind::conflict, "voucher-not-allowed", "Vouchers are not taken for this.");
  }
  return fail(Error::make(ErrorKind::conflict, "voucher-quota-full", "All vouchers are taken.")
                  .with("max_vouchers", *max));
}

void give_voucher_back(store::Tx& tx, VoucherQuotaId quota) {
  tx.exec("UPDATE voucher_quota SET taken = taken - 1 WHERE id = $1", quota);
}

}  // namespace geili::payments
