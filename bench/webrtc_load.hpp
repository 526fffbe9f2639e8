#pragma once
// What the load generators of WebRTC have in common.

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "media/testing/webrtc_client/whep_receiver.hpp"
#include "media/testing/webrtc_client/whip_publisher.hpp"
#include "media_server.hpp"

namespace geili::bench {

namespace client = media::testing;

// Throws std::runtime_error with `what` when it is false.
inline void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

// What all clients of a process present.
const media::dtls::Context& client_context();

// A phone that is live, on a thread of its own so that a busy load does not hold it up.
class Phone {
 public:
  Phone(MediaServer& server, const client::ClipOptions& clip);

 private:
  client::ClientLoop loop_;
  client::WhipPublisher publisher_;
  std::jthread thread_;
};

// Joins until the server knows enough of the stream to describe it, and sees a picture.
void wait_for_picture(MediaServer& server, client::ClientLoop& loop);

}  // namespace geili::bench
