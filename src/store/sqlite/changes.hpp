#pragma once
// Which tables the commits of a process have changed, for answers that are kept outside the store.

#include <array>
#include <atomic>
#include <cstdint>

#include "store/read_mark.hpp"

namespace geili::store::sqlite {

// Thread-safe; one thread commits.
class Changes {
 public:
  // To be asked before a read takes its snapshot.
  std::uint64_t commits() const { return commits_.load(std::memory_order_acquire); }
  // To be said after a commit is visible and before anybody is told of it; also of one that may
  // stand or not.
  void committed(const TableSet& changed);
  // Whether no table of `mark` has changed since its read began.
  bool is_fresh(const ReadMark& mark) const;

 private:
  std::atomic<std::uint64_t> commits_ = 0;
  std::array<std::atomic<std::uint64_t>, kTablesMax> changed_at_{};
};

}  // namespace geili::store::sqlite
