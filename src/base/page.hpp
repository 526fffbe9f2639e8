#pragma once
// Lists in pages by keyset: a cursor holds where the next page begins, and nothing but that.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace geili {

inline constexpr int kPageLimitDefault = 30;
inline constexpr int kPageLimitMax = 100;
inline constexpr std::size_t kCursorBytesMax = 200;

struct PageRequest {
  std::string cursor;             // `next_cursor` of the page before; empty for the first page
  int limit = kPageLimitDefault;  // 1 to kPageLimitMax
};

template <class T>
struct Page {
  std::vector<T> items;
  std::string next_cursor;  // empty on the last page
};

// `list` names the list and its order; a cursor of one list is refused by another.
std::string to_cursor(std::string_view list, std::span<const std::int64_t> position);
// The `count` numbers of the position; fails with bad-cursor.
Result<std::vector<std::int64_t>> from_cursor(std::string_view list, std::size_t count,
                                              std::string_view cursor);
// Where a page begins: `first` without a cursor. Fails with invalid-field at "limit", and with
// bad-cursor.
Result<std::vector<std::int64_t>> page_start(std::string_view list, const PageRequest& request,
                                             std::vector<std::int64_t> first);

// Ends a page that was read with one item more than its limit: that one tells that another page
// follows. `position_of(item)` gives the position's numbers as an array.
template <class T, class PositionOf>
void end_page(Page<T>& page, std::string_view list, const PageRequest& request,
              PositionOf position_of) {
  if (page.items.size() <= static_cast<std::size_t>(request.limit)) return;
  page.items.pop_back();
  page.next_cursor = to_cursor(list, position_of(page.items.back()));
}

}  // namespace geili
