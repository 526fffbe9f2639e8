#pragma once
// A disk that may lose what was not synced: it knows what is durable of every file and what waits,
// and makes from that what the files may be after the power went.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "store/sqlite/testing/watched_vfs.hpp"

namespace geili::store::sqlite::testing {

inline constexpr std::size_t kSectorBytes = 512;

// The files at one moment.
class DiskImage {
 public:
  // By chance each write that waits is there, is not, or is torn between two sectors; a file that
  // was made and not synced may be empty. Writes the files into `folder`, under their own names.
  void write_to(const std::filesystem::path& folder, std::mt19937_64& random) const;

 private:
  friend class PowerLossDisk;
  struct Change {
    std::int64_t offset = 0;
    std::string data;
    bool is_truncation = false;  // to `offset`
  };
  struct File {
    std::string durable;
    std::vector<Change> waiting;
  };
  static void apply(std::string& content, const Change& change);
  static void tear(Change& change, const std::string& content, std::mt19937_64& random);

  std::map<std::string, File> files_;
};

class PowerLossDisk final : public Disk {
 public:
  DiskAnswer write(const std::string& path, std::int64_t offset,
                   std::span<const std::byte> data) override;
  DiskAnswer truncate(const std::string& path, std::int64_t size) override;
  DiskAnswer sync(const std::string& path) override;
  void remove(const std::string& path) override;

  // Called before each of them with what the disk holds then; on the thread that changes it.
  std::function<void(const DiskImage&)> before_change;

 private:
  void tell();

  DiskImage image_;
};

}  // namespace geili::store::sqlite::testing
