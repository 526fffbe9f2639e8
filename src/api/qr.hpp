#pragma once
// QR codes (ISO/IEC 18004) as pictures.

#include <string>
#include <string_view>

namespace geili::api {

// An SVG of the code at error correction level M with its quiet zone, as a data: URL. `text` holds
// at most 1,000 bytes (asserted).
std::string qr_data_url(std::string_view text);

}  // namespace geili::api
