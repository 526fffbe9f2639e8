#pragma once
// An order as it is written into a chat: "3 x 12", three of the bag's number 12.

#include <cstdint>
#include <optional>
#include <string_view>

namespace geili::live {

inline constexpr std::int64_t kCommentQuantityMax = 100;
inline constexpr std::int64_t kCommentNumberMax = 9'999;

struct CommentOrder {
  std::int64_t quantity = 1;  // 1 to kCommentQuantityMax
  std::int64_t number = 0;    // of the bag, 1 to kCommentNumberMax
  friend bool operator==(const CommentOrder&, const CommentOrder&) = default;
};

// The whole message is one of these, with spaces between its parts or without, in full-width signs
// or plain ones, and with marks of exclamation behind it; else none:
//
//   quantity times number      3 x 12 · 3x12 · 3 × 12 · 3*12 · ３×１２ · 3 x #12 · 3×12号
//   number named               #12 · no. 12 · n.º 12 · nº 12 · n° 12 · numéro 12 · número 12 · 12号
//   pieces and number named    3件12号 · 12号3件 (also 个, 個, 份)
//
// The quantity always comes first, or is followed by a word for pieces; what stands for "times" is
// x, ×, ✕, ✖ or *. A number alone is talk.
std::optional<CommentOrder> read_comment_order(std::string_view text);

}  // namespace geili::live
