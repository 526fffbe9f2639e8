#pragma once
// Identities of coupons, and of what was taken of them.

#include "base/id.hpp"

namespace geili::orders {

using CouponId = Id<struct CouponTag>;
using CouponClaimId = Id<struct CouponClaimTag>;

}  // namespace geili::orders
