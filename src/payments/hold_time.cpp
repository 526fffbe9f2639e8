#include "payments/hold_time.hpp"

namespace geili::payments {

std::optional<HoldTime> hold_time(Method method, const HoldTimes& times) {
  using std::chrono::microseconds;
  switch (method) {
    case Method::card:
      return HoldTime{times.card, times.card_grace};
    case Method::checkout:
      return HoldTime{times.checkout, times.card_grace};
    case Method::oxxo:
      return HoldTime{times.oxxo, times.voucher_grace};
    case Method::spei:
      return HoldTime{times.spei, times.voucher_grace};
    case Method::transfer:
      return HoldTime{times.transfer, times.voucher_grace};
    case Method::on_delivery:
    case Method::at_pickup:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace geili::payments
