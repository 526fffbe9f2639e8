#pragma once
// What the readers of a stream get.

#include <cstdint>
#include <variant>

#include "media/unit.hpp"

namespace geili::media {

// What a reader gets between Units when no more follow for now or for good. Both tracks end at
// `end_us`; the next publication starts there.
struct Pause {
  StreamState state = StreamState::away;
  std::int64_t end_us = 0;
};
using StreamItem = std::variant<UnitPtr, Pause>;

}  // namespace geili::media
