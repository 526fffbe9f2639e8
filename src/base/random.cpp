#include "base/random.hpp"

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace geili {

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = getrandom(bytes.data() + done, count - done, 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::string random_token(std::size_t byte_count) {
  return to_base64url(random_bytes(byte_count));
}

}  // namespace geili
