#pragma once
// For tests of what a disk does to a store: every change of a file passes a Disk, which may refuse
// it. The files themselves are the default VFS's.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace geili::store::sqlite::testing {

// What SQLite is told of a change: 0 (SQLITE_OK) lets it happen; with anything else it has not.
using DiskAnswer = int;

// Called on any thread of the store, one call at a time. Paths are absolute; the shared memory of
// the log's index is no file here.
class Disk {
 public:
  virtual ~Disk() = default;
  virtual DiskAnswer write(const std::string& path, std::int64_t offset,
                           std::span<const std::byte> data) = 0;
  virtual DiskAnswer truncate(const std::string& path, std::int64_t size) = 0;
  virtual DiskAnswer sync(const std::string& path) = 0;
  virtual void remove(const std::string& path) = 0;
};

// While it lives, files that are opened go through the disk. One at a time; what was opened through
// it is closed before it ends.
class WatchedVfs {
 public:
  explicit WatchedVfs(Disk& disk);
  WatchedVfs(const WatchedVfs&) = delete;
  WatchedVfs& operator=(const WatchedVfs&) = delete;
  ~WatchedVfs();

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace geili::store::sqlite::testing
