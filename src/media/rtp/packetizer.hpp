#pragma once
// From units to RTP payloads. A unit always gives the same payloads, so that one result serves
// every viewer.

#include <cstddef>

#include "base/result.hpp"
#include "media/rtp/packet.hpp"
#include "media/rtp/payload_list.hpp"
#include "media/rtp/rtx.hpp"
#include "media/unit.hpp"

namespace geili::media::rtp {

// Datagrams stay below what every path carries, with all that a viewer may need around a payload.
inline constexpr std::size_t kDatagramBytesMax = 1'200;
inline constexpr std::size_t kExtensionBytesMax = 20;  // with their head
inline constexpr std::size_t kSrtpBytesMax = 16;       // the tag of AES-GCM
inline constexpr std::size_t kPayloadBytesMax =
    kDatagramBytesMax - kFixedHeaderBytes - kExtensionBytesMax - kRtxHeadBytes - kSrtpBytesMax;
inline constexpr std::size_t kPayloadBytesMin = 64;

// At most `payload_bytes_max` (kPayloadBytesMin or more) bytes each; never empty.
// H.264: a key frame is preceded by its parameter sets; NAL units that fit into one payload
// together go as STAP-A, those too large for one as FU-A. Fragments are of one size, with the
// padding that it takes: a whole picture is then one segmented send. Errors: unsupported_media
// "codec-not-in-rtp"; too_large "unit-packets" (kPacketsPerUnitMax) and "opus-packet-size"; invalid
// "unit-empty" and those of split_length_prefixed and parse_avcc.
Result<PayloadList> packetize(const Unit& unit, std::size_t payload_bytes_max = kPayloadBytesMax);

inline constexpr std::size_t kPacketsPerUnitMax = 8'192;

}  // namespace geili::media::rtp
