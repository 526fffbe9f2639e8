#pragma once
// The packets of a track, which carry its times (ISO/IEC 13818-1 section 2.4.3.6).

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::ts {

struct PesHeader {
  std::size_t header_bytes = 0;
  std::optional<std::size_t> payload_bytes;  // none: until the next PES packet begins
  std::optional<std::uint64_t> pts;          // 33 bits of 90 kHz
  std::optional<std::uint64_t> dts;          // only where it differs from pts
};

// Of the PES packet that begins with `bytes`; none while bytes of its header are missing, of which
// there are at most kPesHeaderBytesMax. Errors (invalid): "pes-header".
inline constexpr std::size_t kPesHeaderBytesMax = 9 + 255;
Result<std::optional<PesHeader>> parse_pes_header(ByteView bytes);

}  // namespace geili::media::ts
