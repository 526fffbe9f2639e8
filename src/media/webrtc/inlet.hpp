#pragma once
// The units of a WHIP session on their way to the stream. The publication ends while the publisher
// is silent and begins again with its next unit, unless somebody else has taken the show over.

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "base/result.hpp"
#include "media/stream.hpp"

namespace geili::media::webrtc {

class Inlet : public std::enable_shared_from_this<Inlet> {
 public:
  using Io = std::shared_ptr<boost::asio::io_context>;

  // On the media thread. `cut` is called there, at most once, when the show goes on without this
  // publisher; `want_key` when a viewer needs a key frame. Errors: those of Stream::publish().
  static Result<std::shared_ptr<Inlet>> open(std::shared_ptr<Stream> stream, Io media,
                                             Takeover takeover);
  void on_cut(std::function<void()> cut) { cut_ = std::move(cut); }
  void on_key_wanted(std::function<void(Layer)> wanted) { key_wanted_ = std::move(wanted); }

  // From any thread, all of one session from the same. Units beyond what the media thread keeps up
  // with are dropped and counted.
  void push(std::vector<SourceUnit> units);
  // Nothing comes for now.
  void pause();
  void end(const char* reason);
  std::uint64_t dropped() const { return dropped_; }

 private:
  Inlet(std::shared_ptr<Stream> stream, Io media)
      : media_(std::move(media)), stream_(std::move(stream)) {}
  Result<void> publish(Takeover takeover);
  void accept(std::vector<SourceUnit> units);
  void close();

  const Io media_;
  std::atomic<std::size_t> in_flight_ = 0;
  std::atomic<std::uint64_t> dropped_ = 0;

  // Of the media thread.
  std::shared_ptr<Stream> stream_;
  std::unique_ptr<Publication> publication_;
  std::function<void()> cut_;
  std::function<void(Layer)> key_wanted_;
};

}  // namespace geili::media::webrtc
