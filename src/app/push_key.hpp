#pragma once
// The key pair by which push services know this installation. Browsers subscribe with it: with
// another one nobody can be reminded who was before.

#include <filesystem>

#include "crypto/p256.hpp"

namespace geili::app {

inline constexpr const char* kPushKeyFile = "push.key";

// See key_file.hpp; throws std::runtime_error for what is no key of P-256, too.
crypto::P256Pair push_key(const std::filesystem::path& data_dir);

}  // namespace geili::app
