#pragma once
// One caller's place on the media thread: asks the gate, holds the publication, and takes the units
// that come from SRT's thread.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "base/id.hpp"
#include "base/result.hpp"
#include "media/engine.hpp"
#include "media/srt.hpp"
#include "media/stream.hpp"

namespace geili::media::srt {

// Finds or makes the stream of a show. Errors refuse the publisher: rate_limited "streams-max".
using OpenStream = std::function<Result<std::shared_ptr<Stream>>(ShowId)>;

// What all seats share. All but `media` belongs to the media thread.
struct Desk {
  std::shared_ptr<boost::asio::io_context> media;
  PublishGate& gate;
  OpenStream open_stream;
  std::size_t publishers_max = 0;
  std::size_t publishers = 0;
  std::unordered_map<ShowId, LinkStats> links;  // of those who publish
};

class Seat : public std::enable_shared_from_this<Seat> {
 public:
  struct Hooks {  // called on the media thread
    std::function<void(Result<void>)> decided;
    std::function<void()> cut;  // the show goes on without this publisher, or is over
  };

  // `desk` outlives the seat. The other calls come from one thread.
  Seat(std::shared_ptr<Desk> desk, Hooks hooks)
      : desk_(std::move(desk)), hooks_(std::move(hooks)) {}

  // Answered by Hooks::decided, unless end() comes first. Errors: those of the gate and of
  // Stream::publish(), "streams-max" and "publishers-max".
  void ask(std::string key);
  // Units that the media thread does not keep up with are dropped, pictures until the next key
  // frame.
  void push(std::vector<SourceUnit> units);
  // Nothing comes for now: the publication ends, and begins again with the next unit unless
  // somebody else has taken the show over.
  void pause();
  void tell(const LinkStats& link);
  // Nothing is taken behind it; later calls do nothing.
  void end(std::string reason);

 private:
  Result<void> admit(const Result<ShowId>& show);
  Result<void> publish();
  void take(SourceUnit unit);
  void leave(const std::string& reason);

  const std::shared_ptr<Desk> desk_;
  std::atomic<std::size_t> in_flight_ = 0;
  std::atomic<std::size_t> in_flight_bytes_ = 0;
  bool waits_for_key_ = false;  // of the caller's thread

  // Of the media thread.
  Hooks hooks_;
  bool has_ended_ = false;
  std::shared_ptr<Stream> stream_;  // of who was admitted
  std::unique_ptr<Publication> publication_;
};

}  // namespace geili::media::srt
