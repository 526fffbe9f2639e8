#pragma once
// A show may have a second camera, a co-host's, whose picture stands beside the first. It is a
// stream of its own. Streams are known by the id of their show; the second camera's by its negative,
// which no show has.

#include "base/id.hpp"

namespace geili::media {

constexpr ShowId second_camera_of(ShowId show) {
  return ShowId{-show.value};
}
constexpr bool is_second_camera(ShowId stream) {
  return stream.value < 0;
}
constexpr ShowId show_of(ShowId stream) {
  return is_second_camera(stream) ? ShowId{-stream.value} : stream;
}

}  // namespace geili::media
