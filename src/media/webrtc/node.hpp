#pragma once
// All threads of WebRTC on one port, and the questions put to them.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "media/dtls/transport.hpp"
#include "media/web_rtc.hpp"
#include "media/webrtc/worker.hpp"

namespace geili::media::webrtc {

// The streams of the media thread, where these are called.
struct StreamDoor {
  // Makes one when the show has none. Errors: rate_limited "streams-max", unavailable "stopping".
  std::function<Result<std::shared_ptr<Stream>>(ShowId)> open;
  // Null when the show has none.
  std::function<std::shared_ptr<Stream>(ShowId)> find;
};

class Node final : public WebRtc {
 public:
  using Io = std::shared_ptr<boost::asio::io_context>;

  // `clock` outlives the node.
  Node(WebRtcSettings settings, const Clock& clock, Io media, StreamDoor streams);
  ~Node() override { stop(); }

  // Binds and starts the threads; throws std::system_error when the address cannot be had, and
  // std::invalid_argument when one in the settings is none. Nothing when WebRTC is switched off.
  void start();
  // Ends every session and the threads. The media thread still runs.
  void stop();

  std::uint16_t port() const override { return workers_.empty() ? 0 : workers_.front()->port(); }
  WebRtcFigures figures() const override;
  boost::asio::awaitable<WebRtcShowFigures> figures_of(ShowId show) override;
  boost::asio::awaitable<Result<SessionAnswer>> publish(ShowId show, std::string offer,
                                                        bool takes_over) override;
  boost::asio::awaitable<Result<SessionAnswer>> play(ShowId show, std::string offer) override;
  boost::asio::awaitable<Result<PatchAnswer>> patch(SessionRef session, std::string if_match,
                                                    std::string fragment) override;
  boost::asio::awaitable<Result<void>> close(SessionRef session) override;

 private:
  void bind();
  std::vector<ice::Candidate> candidates() const;
  // The one with the fewest sessions. Errors: unavailable "webrtc-off", "webrtc-sessions",
  // "stopping".
  Result<Worker*> worker_for_new() const;
  // Errors: not_found "session-not-found"; unavailable "stopping".
  Result<Worker*> home_of(const SessionRef& session) const;
  boost::asio::awaitable<Result<std::shared_ptr<Inlet>>> open_inlet(Worker* home,
                                                                    SessionRef session,
                                                                    bool takes_over);

  const WebRtcSettings settings_;
  const Clock& clock_;
  const Io media_;
  const StreamDoor streams_;
  const dtls::Context dtls_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Surroundings around_;
  std::atomic<bool> running_ = false;
};

}  // namespace geili::media::webrtc
