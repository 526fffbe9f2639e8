#pragma once
// A disk that refuses: once or until it is mended, from a change on that is chosen by its number.

#include <atomic>
#include <string>
#include <utility>

#include <sqlite3.h>

#include "store/sqlite/testing/watched_vfs.hpp"

namespace geili::store::sqlite::testing {

struct Trouble {
  std::string name;
  DiskAnswer at_write = 0;  // 0: passes
  DiskAnswer at_sync = 0;
  bool lasts = false;  // until it is mended; else it happens once
};

inline Trouble full_disk() {
  return {.name = "DiskFull", .at_write = SQLITE_FULL, .lasts = true};
}

// Refuses from the n-th change on that the trouble is about.
class TroubledDisk final : public Disk {
 public:
  explicit TroubledDisk(Trouble trouble) : trouble_(std::move(trouble)) {}

  DiskAnswer write(const std::string&, std::int64_t, std::span<const std::byte>) override {
    return pass(trouble_.at_write);
  }
  DiskAnswer truncate(const std::string&, std::int64_t) override { return 0; }
  DiskAnswer sync(const std::string&) override { return pass(trouble_.at_sync); }
  void remove(const std::string&) override {}

  void arm(std::int64_t n) { left_ = n; }
  void mend() { left_ = -1; }
  bool was_hit() const { return was_hit_; }

 private:
  DiskAnswer pass(DiskAnswer code) {
    if (code == 0 || left_ < 0) return 0;
    if (left_ > 0) {
      --left_;
      return 0;
    }
    was_hit_ = true;
    if (!trouble_.lasts) left_ = -1;
    return code;
  }

  const Trouble trouble_;
  std::atomic<std::int64_t> left_ = -1;  // below 0: nothing fails
  std::atomic<bool> was_hit_ = false;
};

}  // namespace geili::store::sqlite::testing
