#pragma once
// Which columns a statement reads and changes, as SQLite tells it while the statement is prepared
// (https://www.sqlite.org/c3ref/set_authorizer.html).

#include <set>
#include <string>
#include <utility>

#include <sqlite3.h>

#include "store/read_mark.hpp"

namespace geili::store::sqlite {

struct Footprint {
  // A table and a column of it; an empty column stands for all of the table.
  using Place = std::pair<std::string, std::string>;
  std::set<Place> reads;
  std::set<Place> changes;
  bool changes_more = false;  // what is not told by columns: rows go, with what hangs on them

  // Whether what `select` has read may be another after this.
  bool may_change(const Footprint& select) const;

  TableSet tables_read() const;
  TableSet tables_changed() const;  // all, where it is not known
};

// Statements that are prepared on this connection from now on have a footprint.
void tell_footprints(sqlite3* connection);

// What is prepared on this thread meanwhile is noted in `into`.
class NoteFootprint {
 public:
  explicit NoteFootprint(Footprint& into);
  NoteFootprint(const NoteFootprint&) = delete;
  NoteFootprint& operator=(const NoteFootprint&) = delete;
  ~NoteFootprint();
};

}  // namespace geili::store::sqlite
