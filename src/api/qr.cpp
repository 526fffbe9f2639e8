#include "api/qr.hpp"

#include <cassert>
#include <memory>

#include <openssl/evp.h>
#include <qrencode.h>

namespace geili::api {

std::string qr_data_url(std::string_view text) {
  assert(text.size() <= 1'000);
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(text.size()),
                        static_cast<const unsigned char*>(static_cast<const void*>(text.data())), 0,
                        QR_ECLEVEL_M),
      QRcode_free);
  assert(code);
  constexpr int kQuiet = 4;  // modules, section 6.3.8
  const std::string side = std::to_string(code->width + 2 * kQuiet);
  // One path of unit squares: only numbers are put into the markup.
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
                    "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" +
                    side + "H0z\"/><path d=\"";
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1) == 0) continue;
      svg += "M" + std::to_string(x + kQuiet) + " " + std::to_string(y + kQuiet) + "h1v1h-1z";
    }
  }
  svg += "\"/></svg>";
  std::string base64(4 * ((svg.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(static_cast<unsigned char*>(static_cast<void*>(base64.data())),
                      static_cast<const unsigned char*>(static_cast<const void*>(svg.data())),
                      static_cast<int>(svg.size()));
  base64.resize(static_cast<std::size_t>(length));
  return "data:image/svg+xml;base64," + base64;
}

}  // namespace geili::api
