#pragma once
// A self-signed certificate for machines on the same network, which no authority vouches for.

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace geili::net {

struct LanCertificate {
  std::string certificate_pem;
  std::string key_pem;
  std::string fingerprint;  // SHA-256, "AB:CD:…", as browsers show it
};

// The one kept in `file` (mode 0600), or a new one, put there, when that is missing, is not for all
// of `names` (IP addresses and host names), or ends within thirty days. Throws std::runtime_error
// when the file cannot be written.
LanCertificate lan_certificate(const std::filesystem::path& file,
                               const std::vector<std::string>& names, Instant now);

}  // namespace geili::net
