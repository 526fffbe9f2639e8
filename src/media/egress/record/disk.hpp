#pragma once
// The disk as a recording writes to it; a port, so that tests can fill it up. Belongs to one
// thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "media/egress/record/section_scan.hpp"

namespace geili::media::record {

// A file that grows. Errors: unavailable "record-disk" with the system's number as "errno".
class DiskFile {
 public:
  virtual ~DiskFile() = default;
  // All of it or nothing: what a full disk took in part is cut off again.
  virtual Result<void> append(std::string_view bytes) = 0;
  // Until what was appended survives a loss of power; a failure shows at the next append.
  virtual void sync() = 0;
};

class Disk {
 public:
  virtual ~Disk() = default;
  // Fails as append() does, also when there is such a file.
  virtual Result<std::unique_ptr<DiskFile>> create(const std::string& path) = 0;
  // None when it cannot be known.
  virtual std::uint64_t free_bytes(const std::string& dir) = 0;
};

std::unique_ptr<Disk> real_disk();

// Throws std::system_error when the file cannot be opened.
std::unique_ptr<ByteSource> open_source(const std::string& path);

}  // namespace geili::media::record
