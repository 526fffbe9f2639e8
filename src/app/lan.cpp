#include "app/lan.hpp"

#include <array>
#include <filesystem>
#include <memory>

#include <qrencode.h>
#include <unistd.h>

#include "media/webrtc/local_addresses.hpp"

namespace geili::app {
namespace {

constexpr const char* kFile = "lan-certificate.pem";
constexpr std::size_t kHostNameMax = 253;
constexpr int kQuiet = 2;  // modules; enough on a terminal

std::string host_name() {
  std::array<char, kHostNameMax + 1> name{};
  if (::gethostname(name.data(), kHostNameMax) != 0) return "localhost";
  return name.data();
}

bool is_dark(const QRcode& code, int x, int y) {
  if (x < 0 || y < 0 || x >= code.width || y >= code.width) return false;
  return (code.data[y * code.width + x] & 1) != 0;
}

// Two modules in one character, light on dark, as most terminals are.
std::string qr_text(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L), QRcode_free);
  if (!code) return {};
  std::string rows;
  for (int y = -kQuiet; y < code->width + kQuiet; y += 2) {
    for (int x = -kQuiet; x < code->width + kQuiet; ++x) {
      const bool upper = !is_dark(*code, x, y);
      const bool lower = !is_dark(*code, x, y + 1);
      rows += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    rows += "\n";
  }
  return rows;
}

}  // namespace

std::string lan_address() {
  const auto addresses = media::webrtc::local_addresses();
  for (const auto& address : addresses) {
    std::string text = address.to_text();
    if (text.find(':') == std::string::npos) return text;
  }
  return addresses.empty() ? "127.0.0.1" : addresses.front().to_text();
}

net::LanCertificate lan_certificate(const ops::Config& config, Instant now) {
  std::vector<std::string> names{"localhost", "127.0.0.1", host_name()};
  for (const auto& address : media::webrtc::local_addresses()) names.push_back(address.to_text());
  return net::lan_certificate(std::filesystem::path(config.data.dir) / kFile, names, now);
}

std::string lan_card(const std::string& url, const std::string& fingerprint) {
  return qr_text(url) + "Phones on this network: " + url +
         "\nThe browser warns once, because no authority knows this certificate. Its fingerprint "
         "(SHA-256):\n" +
         fingerprint + "\n";
}

}  // namespace geili::app
