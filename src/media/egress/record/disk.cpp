#include "media/egress/record/disk.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace geili::media::record {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::unexpected<Error> disk_failure(int number) {
  return fail(Error::make(ErrorKind::unavailable, "record-disk", "The disk takes no recording now.")
                  .with("errno", number));
}

class RealFile final : public DiskFile {
 public:
  explicit RealFile(Descriptor fd) : fd_(std::move(fd)) {}

  Result<void> append(std::string_view bytes) override {
    std::uint64_t at = size_;
    while (!bytes.empty()) {
      const ssize_t written = pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        const int number = written < 0 ? errno : ENOSPC;
        // The next append writes over what this cannot cut off.
        (void)!ftruncate(fd_.get(), static_cast<off_t>(size_));
        return disk_failure(number);
      }
      at += static_cast<std::uint64_t>(written);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    size_ = at;
    return {};
  }
  void sync() override { (void)fdatasync(fd_.get()); }

 private:
  Descriptor fd_;
  std::uint64_t size_ = 0;
};

class RealDisk final : public Disk {
 public:
  Result<std::unique_ptr<DiskFile>> create(const std::string& path) override {
    constexpr mode_t kMode = 0640;
    Descriptor fd(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode));
    if (fd.get() < 0) return disk_failure(errno);
    return std::make_unique<RealFile>(std::move(fd));
  }
  std::uint64_t free_bytes(const std::string& dir) override {
    std::error_code failed;
    const auto space = std::filesystem::space(dir, failed);
    return failed ? UINT64_MAX : space.available;
  }
};

class FileSource final : public ByteSource {
 public:
  FileSource(Descriptor fd, std::uint64_t size) : fd_(std::move(fd)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Bytes read(std::uint64_t offset, std::size_t count) const override {
    if (offset >= size_) return {};
    Bytes bytes(static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - offset)));
    std::size_t got = 0;
    while (got < bytes.size()) {
      const ssize_t more = pread(fd_.get(), bytes.data() + got, bytes.size() - got,
                                 static_cast<off_t>(offset + got));
      if (more < 0 && errno == EINTR) continue;
      if (more < 0) throw std::system_error(errno, std::generic_category(), "read of a recording");
      if (more == 0) break;
      got += static_cast<std::size_t>(more);
    }
    bytes.resize(got);
    return bytes;
  }

 private:
  Descriptor fd_;
  std::uint64_t size_;
};

}  // namespace

std::unique_ptr<Disk> real_disk() {
  return std::make_unique<RealDisk>();
}

std::unique_ptr<ByteSource> open_source(const std::string& path) {
  Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts{};
  if (fd.get() < 0 || fstat(fd.get(), &facts) != 0) {
    throw std::system_error(errno, std::generic_category(), path);
  }
  return std::make_unique<FileSource>(std::move(fd), static_cast<std::uint64_t>(facts.st_size));
}

}  // namespace geili::media::record
