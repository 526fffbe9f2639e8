#pragma once
// The secret by which a picture is sent to a show. It is shown again to its seller, so it is kept
// as it is.

#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shows {

// Fail with show-not-found.
Result<std::string> stream_key(store::Tx& tx, ShowId show);
Result<std::string> renew_stream_key(store::Tx& tx, ShowId show);
// The show that takes the picture; fails with stream-key-unknown, also for a show that has ended.
Result<ShowId> find_by_stream_key(store::Tx& tx, std::string_view key);

}  // namespace geili::shows
