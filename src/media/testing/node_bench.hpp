#pragma once
// Test support: WebRTC's threads with one show's stream and nothing else of the engine; blocking
// calls, and our own clients.

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "media/stream.hpp"
#include "media/testing/webrtc_client/whep_receiver.hpp"
#include "media/testing/webrtc_client/whip_publisher.hpp"
#include "media/webrtc/node.hpp"

namespace geili::media::testing {

class NodeBench {
 public:
  // Throws std::system_error when there is no port.
  explicit NodeBench(WebRtcSettings settings = {.threads = 1}, bool low = false,
                     bool in_order = false)
      : stream_(std::make_shared<Stream>(kShow, clock_, StreamLimits{},
                                         PictureMaking{&pictures_, io_, low, in_order})),
        node_(std::move(settings), clock_, io_,
              {.open = [this](ShowId) -> Result<std::shared_ptr<Stream>> { return stream_; },
               .find = [this](ShowId) { return stream_; }}) {
    pictures_.start(1);
    node_.start();
    thread_ = std::thread([this] { io_->run(); });
  }
  ~NodeBench() {
    node_.stop();
    io_->stop();
    thread_.join();
    pictures_.stop();
  }
  NodeBench(const NodeBench&) = delete;
  NodeBench& operator=(const NodeBench&) = delete;

  static constexpr ShowId kShow{7};
  webrtc::Node& node() { return node_; }

  Result<SessionAnswer> publish(const std::string& offer) {
    return get(node_.publish(kShow, offer, true));
  }
  Result<SessionAnswer> play(const std::string& offer) { return get(node_.play(kShow, offer)); }
  Result<void> close(SessionRole role, const std::string& name) {
    return get(node_.close({kShow, role, name}));
  }
  template <class T>
  T get(boost::asio::awaitable<T> call) {
    return boost::asio::co_spawn(*io_, std::move(call), boost::asio::use_future).get();
  }

  // Both throw std::runtime_error when it does not come about; the value is the session's name.
  std::string go_live(ClientLoop& loop, WhipPublisher& publisher) {
    const auto answer = publish(publisher.offer());
    follow(answer, publisher);
    if (!loop.run_until([&] { return publisher.is_open(); }))
      throw std::runtime_error("the publisher got no keys");
    return answer->name;
  }
  // Waits until there is something to play.
  std::string watch(ClientLoop& loop, WhepReceiver& viewer) {
    auto answer = play(viewer.offer());
    loop.run_until([&] {
      if (!answer) answer = play(viewer.offer());
      return answer.has_value();
    });
    follow(answer, viewer);
    return answer->name;
  }

 private:
  static void follow(const Result<SessionAnswer>& answer, ClientPeer& peer) {
    if (!answer) throw std::runtime_error(answer.error().detail);
    const auto accepted = peer.accept(answer->sdp);
    if (!accepted) throw std::runtime_error(accepted.error().detail);
  }

  SystemClock clock_;
  std::shared_ptr<boost::asio::io_context> io_ = std::make_shared<boost::asio::io_context>();
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      io_->get_executor()};
  video::PictureWorker pictures_;
  std::shared_ptr<Stream> stream_;
  webrtc::Node node_;
  std::thread thread_;
};

}  // namespace geili::media::testing
