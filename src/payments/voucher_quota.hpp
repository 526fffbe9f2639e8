#pragma once
// How many cash vouchers may be out for a show or a deal: each keeps goods from buyers who would
// pay now. Guarded like stock.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::payments {

using VoucherQuotaId = Id<struct VoucherQuotaTag>;

inline constexpr std::int64_t kVouchersMax = 100'000;

enum class QuotaKind : std::uint8_t { show, deal };

struct VoucherQuota {
  VoucherQuotaId id;
  std::int64_t max_vouchers = 0;
  std::int64_t taken = 0;
};

// Sets how many there may be. Fails with invalid-field at /max_vouchers: below what is taken, or
// above kVouchersMax.
Result<VoucherQuota> set_voucher_quota(store::Tx& tx, QuotaKind kind, std::int64_t subject,
                                       std::int64_t max_vouchers);
std::optional<VoucherQuota> find_voucher_quota(store::Tx& tx, QuotaKind kind, std::int64_t subject);

// Fails with voucher-quota-full (figure max_vouchers), voucher-not-allowed when there is no such
// quota.
Result<void> take_voucher(store::Tx& tx, VoucherQuotaId quota);
void give_voucher_back(store::Tx& tx, VoucherQuotaId quota);

}  // namespace geili::payments
