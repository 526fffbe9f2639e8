#pragma once
// Sees that what this process has a stream of goes where its shop wants it: each round asks the
// store about the shows here, and tells the engine. So it begins with the camera of a show that is
// live, ends with the show, and follows every change, whichever process it was made by. Who has no
// stream of a show sends nothing of it.

#include <chrono>

#include <boost/asio/awaitable.hpp>

#include "api/context.hpp"

namespace geili::app {

inline constexpr std::chrono::milliseconds kRestreamRoundEvery{1000};

// Runs until its executor does. Without a stream here a round asks nobody but the media thread.
boost::asio::awaitable<void> keep_restreams(const api::Context* context);

}  // namespace geili::app
