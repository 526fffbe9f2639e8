#include "store/sqlite/changes.hpp"

namespace geili::store::sqlite {

void Changes::committed(const TableSet& changed) {
  if (changed.none()) return;
  const std::uint64_t commit = commits_.load(std::memory_order_relaxed) + 1;
  for (std::size_t table = 0; table < kTablesMax; ++table) {
    if (changed[table]) changed_at_[table].store(commit, std::memory_order_release);
  }
  // A read that begins from here on sees the commit; its mark counts it.
  commits_.store(commit, std::memory_order_release);
}

bool Changes::is_fresh(const ReadMark& mark) const {
  if (commits() == mark.commit) return true;
  for (std::size_t table = 0; table < kTablesMax; ++table) {
    if (mark.tables[table] && changed_at_[table].load(std::memory_order_acquire) > mark.commit) {
      return false;
    }
  }
  return true;
}

}  // namespace geili::store::sqlite
