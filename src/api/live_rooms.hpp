#pragma once
// Rooms as requests meet them: opened when somebody comes, filled from what the store remembers.

#include <vector>

#include <boost/asio/awaitable.hpp>

#include "api/context.hpp"
#include "api/views.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace geili::api {

// Opens the room of a show unless it is open; what was committed between the reading and the
// opening is told to it afterwards. Fails with show-not-found, rooms-limit.
boost::asio::awaitable<Result<void>> ensure_room(const Context* context, ShowId show);

// Tells an open room what the store says, for when messages may have passed it by. Fails with
// show-not-found.
boost::asio::awaitable<Result<void>> catch_up_room(const Context* context, ShowId show);

// Tells an open room how its chat is kept, after the store has changed it. Fails with
// show-not-found.
boost::asio::awaitable<Result<void>> tell_chat_rules(const Context* context, ShowId show);

// Puts viewers and the state of the video into views, from their rooms where those are open.
boost::asio::awaitable<std::vector<ShowView>> decorated(const Context* context,
                                                        std::vector<ShowView> views);
boost::asio::awaitable<ShowView> decorated(const Context* context, ShowView view);

}  // namespace geili::api
