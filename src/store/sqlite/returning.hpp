#pragma once
// RETURNING makes SQLite open a table in memory for each run of a statement, which costs more than
// most changes do. Where what it would give can be read otherwise, it is.

#include <optional>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace geili::store::sqlite {

struct WithoutReturning {
  std::string change;  // the statement without it
  std::string select;  // gives the row that was changed, from the same parameters; empty: its id
};

// None when `sql` has no RETURNING, or is not one of these, which change one row at most:
//   INSERT … VALUES (…) [ON CONFLICT … DO NOTHING] RETURNING id
//   INSERT INTO t (…) VALUES (…) ON CONFLICT (keys) DO UPDATE … RETURNING …   keys are parameters
//   UPDATE t SET … WHERE key = $n [AND …] RETURNING …                          key is t's primary
//   key
std::optional<WithoutReturning> without_returning(sqlite3* connection, std::string_view sql);

}  // namespace geili::store::sqlite
