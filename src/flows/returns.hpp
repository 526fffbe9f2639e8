#pragma once
// Goods that come back, and what the buyer has for them: money or other goods.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "shipping/return_request.hpp"
#include "store/tx.hpp"

namespace geili::flows {

struct AskReturn {
  struct Line {
    ProductId product;
    std::int64_t quantity = 1;
  };
  std::string token;  // of the order
  std::string key;    // one request, however often it is sent
  shipping::ReturnWish wish = shipping::ReturnWish::refund;
  shipping::ReturnReason reason = shipping::ReturnReason::other;
  std::string note;
  std::vector<Line> lines;
};

// Fails with order-not-found, order-status-conflict (it was not handed over yet), invalid-field
// (/lines/<i>/product_id: not in the order) and like shipping::ask_return().
Result<shipping::ReturnRequest> ask_return(store::Tx& tx, const AskReturn& request,
                                           const Clock& clock);

enum class Restock : bool { no, yes };
// The goods are back; with Restock::yes they go on sale again, once. Fails like
// shipping::receive_return().
Result<bool> receive_return(store::Tx& tx, ShopId shop, shipping::ReturnId id, Restock restock,
                            const Clock& clock);

// Money of the order goes back as by refund_order() and ends the request, with one commit; again
// with the same amount changes nothing. Fails like shipping::refund_return() and refund_order().
Result<bool> refund_return(store::Tx& tx, ShopId shop, shipping::ReturnId id,
                           std::int64_t amount_minor, const Clock& clock);

// Fails with order-not-found, too, when `order` is not the shop's.
Result<bool> exchange_return(store::Tx& tx, ShopId shop, shipping::ReturnId id, OrderId order,
                             const Clock& clock);

}  // namespace geili::flows
