#pragma once
// Several Opus packets as one (RFC 6716 section 3.2): the same frames with fewer headers around.

#include <optional>
#include <span>

#include "base/bytes.hpp"

namespace geili::media::opus {

// Of packets in their order, each of one frame (code 0) and all of one configuration; none when
// they are not, or last longer than a packet may (120 ms). One packet is given back as it is.
std::optional<Bytes> join(std::span<const ByteView> packets);

}  // namespace geili::media::opus
