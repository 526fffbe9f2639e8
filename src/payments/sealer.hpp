#pragma once
// Secrets as rows keep them: encrypted and authenticated by AES-256-GCM (NIST SP 800-38D), a fresh
// nonce of 96 bits each time, with a key that lies in a file of its own.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace geili::payments {

inline constexpr std::size_t kSealKeyBytes = 32;
inline constexpr std::size_t kSealedTextMax = 4'096;  // bytes of what is sealed

// Immutable; any thread.
class Sealer {
 public:
  // Asserts that the key has kSealKeyBytes.
  explicit Sealer(Secret<Bytes> key);

  // `place` names the row and column: what was sealed for one place opens in no other. Asserts that
  // the text is not longer than kSealedTextMax.
  Bytes seal(const Secret<std::string>& text, std::string_view place) const;
  // Fails with payment-keys-unreadable: another key, another place, or bytes that were changed.
  Result<Secret<std::string>> open(ByteView sealed, std::string_view place) const;

 private:
  Secret<Bytes> key_;
};

}  // namespace geili::payments
