#pragma once
// The units of a stream on their way from the media thread to a thread of viewers.

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "media/stream.hpp"

namespace geili::media::webrtc {

class Feed : public std::enable_shared_from_this<Feed> {
 public:
  // On the thread of viewers; not called after stop().
  using Deliver = std::function<void(const Unit&)>;
  using Io = std::shared_ptr<boost::asio::io_context>;

  // Called on the thread of viewers, as are stop() and want_key_frame(). `stream` is touched on the
  // media thread alone.
  static std::shared_ptr<Feed> start(std::shared_ptr<Stream> stream, const Io& media,
                                     const Io& viewers, Deliver deliver);
  void stop();
  bool is_of(const Stream& stream) const { return source_ == &stream; }
  // Asks the publisher; what is on its way already is not asked for again.
  void want_key_frame(Layer layer);
  // Whether a lower picture is to be made where none is sent.
  void want_low(bool is_wanted);

 private:
  Feed(std::shared_ptr<Stream> stream, const Io& media, const Io& viewers, Deliver deliver)
      : media_(media),
        viewers_(viewers),
        source_(stream.get()),
        stream_(std::move(stream)),
        deliver_(std::move(deliver)) {}
  void open();
  void drain();
  template <class Handler>
  static void post(const std::weak_ptr<boost::asio::io_context>& to, Handler handler) {
    if (const Io io = to.lock()) boost::asio::post(*io, std::move(handler));
  }

  // Not owned: what waits in a stopped thread's queue owns the feed, and would never be freed.
  const std::weak_ptr<boost::asio::io_context> media_;
  const std::weak_ptr<boost::asio::io_context> viewers_;
  const Stream* const source_;  // for comparison only
  // Units that the viewers' thread has not taken yet; when it is late, the reader's ring fills and
  // gives video up until the next key frame.
  std::atomic<std::size_t> in_flight_ = 0;
  std::array<std::atomic<bool>, kLayerCount> key_wanted_{};

  // Of the media thread.
  std::shared_ptr<Stream> stream_;
  std::shared_ptr<Reader> reader_;
  // Of the viewers' thread.
  Deliver deliver_;
  bool low_is_wanted_ = false;
};

}  // namespace geili::media::webrtc
