#pragma once
// The numbered steps from an empty database to today's schema. A step, once released, never
// changes.

#include <span>
#include <string_view>

namespace geili::store {

struct Migration {
  int number;             // 1, 2, 3, …
  std::string_view name;  // "first_sale"
  std::string_view sql;   // statements in the common dialect, separated by ';'
};

// All steps in order, from src/store/migrations/NNNN_name.sql.
std::span<const Migration> migrations();

}  // namespace geili::store
