#include "app/push_key.hpp"

#include <stdexcept>

#include "app/key_file.hpp"

namespace geili::app {

crypto::P256Pair push_key(const std::filesystem::path& data_dir) {
  const auto path = data_dir / kPushKeyFile;
  const auto scalar = key_file(path, crypto::kP256ScalarBytes,
                               [] { return crypto::new_p256_pair().scalar.reveal(); });
  auto pair = crypto::p256_pair_of(scalar);
  if (!pair) throw std::runtime_error(path.string() + " is no key of P-256");
  return *std::move(pair);
}

}  // namespace geili::app
