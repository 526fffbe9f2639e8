#pragma once
// Where what a show's cameras send is served.

#include <string>

#include "base/id.hpp"

namespace geili::api {

// A path on this server; playlists, stills, clips and the replay lie under it.
inline std::string live_address(ShowId show) {
  return "/live/" + std::to_string(show.value);
}

}  // namespace geili::api
