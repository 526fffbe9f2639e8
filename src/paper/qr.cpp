#include "paper/qr.hpp"

#include <cstddef>
#include <memory>

#include <qrencode.h>

#include "paper/document.hpp"

namespace geili::paper {

std::optional<QrModules> qr_modules(std::string_view text) {
  if (text.empty() || text.size() > kCodeBytesMax) return std::nullopt;
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(text.size()),
                        static_cast<const unsigned char*>(static_cast<const void*>(text.data())), 0,
                        QR_ECLEVEL_M),
      QRcode_free);
  if (!code) return std::nullopt;
  QrModules modules{.side = code->width, .dark = {}};
  const std::size_t count =
      static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  modules.dark.reserve(count);
  for (std::size_t i = 0; i < count; ++i) modules.dark.push_back((code->data[i] & 1) != 0);
  return modules;
}

}  // namespace geili::paper
