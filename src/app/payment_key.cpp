#include "app/payment_key.hpp"

#include "app/key_file.hpp"
#include "base/random.hpp"
#include "crypto/sealer.hpp"

namespace geili::app {

Secret<Bytes> payment_key(const std::filesystem::path& data_dir) {
  return key_file(data_dir / kPaymentKeyFile, crypto::kSealKeyBytes,
                  [] { return random_bytes(crypto::kSealKeyBytes); });
}

}  // namespace geili::app
