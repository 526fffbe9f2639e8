#pragma once
// `geili serve --lan`: what phones on the same network need to open the shop by TLS.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "net/lan_certificate.hpp"
#include "ops/config.hpp"

namespace geili::app {

// Where phones reach this machine: its first IPv4 address on a network, else its first address.
std::string lan_address();

// Of all addresses of this machine and its name; kept in the data folder.
net::LanCertificate lan_certificate(const ops::Config& config, Instant now);

// What a terminal shows: the address as text and as a QR code, and the fingerprint to compare.
std::string lan_card(const std::string& url, const std::string& fingerprint);

}  // namespace geili::app
