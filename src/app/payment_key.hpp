#pragma once
// The key that keys of payment providers and other secrets in rows are sealed with.

#include <filesystem>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace geili::app {

inline constexpr const char* kPaymentKeyFile = "payment.key";

// See key_file.hpp.
Secret<Bytes> payment_key(const std::filesystem::path& data_dir);

}  // namespace geili::app
