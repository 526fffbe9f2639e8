// Whatever keys are taken can be written to.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "push/encryption.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const void* bytes = data;
  const std::string_view text(static_cast<const char*>(bytes), size);
  const std::size_t line = text.find('\n');
  const auto p256dh = geili::push::parse_p256dh(text.substr(0, line));
  const auto auth = geili::push::parse_auth(line == std::string_view::npos ? std::string_view()
                                                                           : text.substr(line + 1));
  if (!p256dh || !auth) return 0;
  static const geili::crypto::P256Pair once = geili::crypto::new_p256_pair();
  const geili::Bytes salt(geili::push::kSaltBytes);
  if (!geili::push::encrypted("x", {*p256dh, *auth}, once, salt)) std::abort();
  return 0;
}
