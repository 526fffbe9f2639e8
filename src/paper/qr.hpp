#pragma once
// QR codes (ISO/IEC 18004) as modules.

#include <optional>
#include <string_view>
#include <vector>

namespace geili::paper {

struct QrModules {
  int side = 0;            // modules, without the quiet zone of kQrQuietModules
  std::vector<bool> dark;  // row by row
};
inline constexpr int kQrQuietModules = 4;  // section 6.3.8

// At error correction level M. None when the text is empty or longer than kCodeBytesMax.
std::optional<QrModules> qr_modules(std::string_view text);

}  // namespace geili::paper
