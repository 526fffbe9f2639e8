#pragma once
// WHIP and WHEP over HTTP for load generators, and what their programs have in common.

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <sys/types.h>

#include "figures.hpp"
#include "http_load.hpp"
#include "media/testing/webrtc_client/whep_receiver.hpp"
#include "media/testing/webrtc_client/whip_publisher.hpp"

namespace geili::bench {

namespace client = media::testing;

// A server that runs, and a show of it.
struct WebRtcTarget {
  BaseUrl url;
  std::string show;
  std::string stream_key;
  pid_t server = 0;
};

// --url, --show, --key and --server (its process).
struct TargetOptions {
  std::string url;
  std::string show;
  std::string key;
  pid_t server = 0;
  void add_to(CLI::App& app);
  WebRtcTarget target() const;
};

// Each asks and hands the answer to its client; the answer is the path of the session. Blocking.
// Throw std::runtime_error with what the server said.
std::string publish(const WebRtcTarget& target, client::WhipPublisher& publisher);
std::string play(const WebRtcTarget& target, client::WhepReceiver& receiver);
// DELETE of what the two gave.
void leave(const WebRtcTarget& target, const std::string& session);

// Throws std::runtime_error with `what` when it is false.
inline void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

// Tries until the show can be played: the first picture has to come.
std::string play_when_live(const WebRtcTarget& target, client::ClientLoop& loop,
                           client::WhepReceiver& receiver);

// What all clients of a process present.
const media::dtls::Context& client_context();

}  // namespace geili::bench
