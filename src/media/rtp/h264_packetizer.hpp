#pragma once
// H.264 to RTP payloads (RFC 6184 packetization mode 1); called by packetize().

#include <cstddef>

#include "base/result.hpp"
#include "media/rtp/payload_list.hpp"
#include "media/unit.hpp"

namespace geili::media::rtp {

Result<PayloadList> packetize_h264(const Unit& unit, std::size_t payload_bytes_max);

}  // namespace geili::media::rtp
