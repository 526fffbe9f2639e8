#include "live/comment_order.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "live/folded.hpp"

namespace geili::live {
namespace {

constexpr std::size_t kDigitsMax = 4;
constexpr std::u32string_view kTimes = U"x\u00D7\u2715\u2716*";       // x × ✕ ✖ *
constexpr std::u32string_view kPieces = U"\u4EF6\u4E2A\u500B\u4EFD";  // 件 个 個 份
constexpr std::u32string_view kNamed = U"\u53F7\u865F";               // 号 號
// As they are folded: º is an o, and letters have lost their marks. The longer before its part.
constexpr std::array<std::u32string_view, 11> kMarks{
    U"#", U"numero", U"number", U"num.", U"num", U"n.o", U"no.", U"no", U"n\u00B0", U"nr.", U"nr"};

// What is left to read of a folded text.
class Reading {
 public:
  explicit Reading(std::u32string_view rest) : rest_(rest) {}

  // From 1 to `max`; none, and nothing is read, where no such number stands.
  std::optional<std::int64_t> number(std::int64_t max) {
    skip_spaces();
    std::int64_t value = 0;
    std::size_t digits = 0;
    while (digits < rest_.size() && rest_[digits] >= U'0' && rest_[digits] <= U'9') {
      if (digits == kDigitsMax) return std::nullopt;
      value = 10 * value + static_cast<std::int64_t>(rest_[digits] - U'0');
      ++digits;
    }
    if (digits == 0 || value < 1 || value > max) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

  bool one_of(std::u32string_view signs) {
    skip_spaces();
    if (rest_.empty() || !signs.contains(rest_.front())) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool mark() {
    skip_spaces();
    const auto found =
        std::ranges::find_if(kMarks, [&](auto one) { return rest_.starts_with(one); });
    if (found == kMarks.end()) return false;
    rest_.remove_prefix(found->size());
    return true;
  }

  bool at_end() {
    while (one_of(U"!")) continue;
    skip_spaces();
    return rest_.empty();
  }

 private:
  void skip_spaces() {
    while (rest_.starts_with(U' ')) rest_.remove_prefix(1);
  }

  std::u32string_view rest_;
};

// #12, no. 12
std::optional<CommentOrder> marked(Reading reading) {
  if (!reading.mark()) return std::nullopt;
  const auto number = reading.number(kCommentNumberMax);
  if (!number || !reading.at_end()) return std::nullopt;
  return CommentOrder{1, *number};
}

// 3 x 12
std::optional<CommentOrder> multiplied(Reading reading) {
  const auto quantity = reading.number(kCommentQuantityMax);
  if (!quantity || !reading.one_of(kTimes)) return std::nullopt;
  (void)reading.mark();
  const auto number = reading.number(kCommentNumberMax);
  if (!number) return std::nullopt;
  (void)reading.one_of(kNamed);
  if (!reading.at_end()) return std::nullopt;
  return CommentOrder{*quantity, *number};
}

// 12号, 12号3件
std::optional<CommentOrder> named(Reading reading) {
  const auto number = reading.number(kCommentNumberMax);
  if (!number || !reading.one_of(kNamed)) return std::nullopt;
  if (reading.at_end()) return CommentOrder{1, *number};
  const auto quantity = reading.number(kCommentQuantityMax);
  if (!quantity || !reading.one_of(kPieces) || !reading.at_end()) return std::nullopt;
  return CommentOrder{*quantity, *number};
}

// 3件12号
std::optional<CommentOrder> pieces_of_named(Reading reading) {
  const auto quantity = reading.number(kCommentQuantityMax);
  if (!quantity || !reading.one_of(kPieces)) return std::nullopt;
  const auto number = reading.number(kCommentNumberMax);
  if (!number || !reading.one_of(kNamed) || !reading.at_end()) return std::nullopt;
  return CommentOrder{*quantity, *number};
}

}  // namespace

std::optional<CommentOrder> read_comment_order(std::string_view text) {
  constexpr std::size_t kBytesMax = 64;  // longer talk is no order, and is not folded for it
  if (text.size() > kBytesMax) return std::nullopt;
  const std::u32string signs = folded(text);
  const Reading reading(signs);
  for (const auto form : {marked, multiplied, named, pieces_of_named}) {
    if (const auto order = form(reading)) return order;
  }
  return std::nullopt;
}

}  // namespace geili::live
