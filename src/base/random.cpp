#include "base/random.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <system_error>

#include <sys/random.h>

namespace geili {
namespace {

void fill_from_kernel(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

// A thread's store of what the kernel gave, so that a rush of orders does not ask it for each
// token. What was handed out is wiped.
class Pool {
 public:
  void take(std::span<std::byte> into) {
    if (into.size() > bytes_.size() - used_) {
      fill_from_kernel(bytes_);
      used_ = 0;
    }
    const auto from = std::span(bytes_).subspan(used_, into.size());
    std::ranges::copy(from, into.begin());
    std::ranges::fill(from, std::byte{0});
    used_ += into.size();
  }

  static constexpr std::size_t kSize = 512;

 private:
  std::array<std::byte, kSize> bytes_{};
  std::size_t used_ = kSize;
};

}  // namespace

Bytes random_bytes(std::size_t count) {
  thread_local Pool pool;
  Bytes bytes(count);
  if (count > Pool::kSize) {
    fill_from_kernel(bytes);
  } else {
    pool.take(bytes);
  }
  return bytes;
}

std::string random_token(std::size_t byte_count) {
  return to_base64url(random_bytes(byte_count));
}

}  // namespace geili
