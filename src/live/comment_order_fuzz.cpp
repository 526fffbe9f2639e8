// What is read as an order is within its limits, and is the same order when it is written plainly.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "live/comment_order.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili::live;
  if (size > 2'000) return 0;
  const std::string text(data, data + size);
  const auto order = read_comment_order(text);
  if (!order) return 0;
  assert(order->quantity >= 1 && order->quantity <= kCommentQuantityMax);
  assert(order->number >= 1 && order->number <= kCommentNumberMax);
  const std::string plain = std::to_string(order->quantity) + " x " + std::to_string(order->number);
  const auto again = read_comment_order(plain);
  assert(again && *again == *order);
  return 0;
}
