#pragma once
// A stream as a player gets it.

#include <memory>

#include "base/id.hpp"
#include "base/result.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/stream.hpp"

namespace geili::media::webrtc {

struct Programme {
  ShowId show;
  std::shared_ptr<Stream> stream;  // touched on the media thread alone
  sdp::Sending sending;            // SSRCs are chosen with the answer
  bool can_make_low = false;       // a lower picture comes when one is wanted
};

// On the media thread. Errors: conflict "not-live" (no track yet, or the show is over);
// unsupported_media "b-frames", "codec-unsupported".
Result<Programme> describe(std::shared_ptr<Stream> stream);

}  // namespace geili::media::webrtc
