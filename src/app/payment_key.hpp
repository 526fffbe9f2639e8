#pragma once
// The key that keys of payment providers are sealed with, in a file of its own beside the data: who
// copies the database alone has none of them.

#include <filesystem>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace geili::app {

inline constexpr const char* kPaymentKeyFile = "payment.key";

// Reads it, or makes it (readable by its owner alone) when there is none. Throws std::runtime_error
// when it cannot be read or written, or is not 64 hexadecimal digits: a key that is lost is not
// quietly replaced by another.
Secret<Bytes> payment_key(const std::filesystem::path& data_dir);

}  // namespace geili::app
