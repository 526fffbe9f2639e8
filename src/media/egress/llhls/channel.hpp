#pragma once
// One stream's LL-HLS: reads the stream, keeps the window, and answers requests, at once or when
// the part they wait for is there. Belongs to the stream's media thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "media/egress/llhls/packager.hpp"
#include "media/egress/llhls/playlist.hpp"
#include "media/engine.hpp"
#include "media/stream.hpp"

namespace geili::media::llhls {

// Called once, on the media thread.
using Answer = std::function<void(Result<HlsBody>)>;
using SteadyTime = std::chrono::steady_clock::time_point;

// What all channels of an engine share.
struct WaitingRoom {
  HlsLimits limits;
  std::size_t waiting = 0;
  std::uint64_t answers = 0;  // bodies given out
};

class Channel {
 public:
  // `room` outlives the channel.
  Channel(std::shared_ptr<Stream> stream, std::uint64_t first_number, WaitingRoom& room);
  // Answers what still waits with `unavailable`.
  ~Channel();

  void playlist(const std::string& name, const std::string& query, Answer answer);
  void file(const std::string& name, Answer answer);
  // Answers what has waited too long.
  void expire(SteadyTime now);

  const Window& window() const { return packager_.window(); }
  // An estimate: playlist requests answered for each part.
  std::size_t viewers() const { return static_cast<std::size_t>(viewers_ + 0.5); }
  // Called when the first playlist is there.
  void on_ready(std::function<void()> ready) { ready_ = std::move(ready); }

 private:
  struct Wait {
    FileName part;  // kind part: this one; kind segment: a playlist with this segment, or this part
    bool is_playlist = false;
    bool whole_segment = false;
    bool multivariant = false;
    bool skip = false;
    SteadyTime until;
    Answer answer;
  };

  void drain();
  void give_file(const SharedBytes& body, const Answer& answer);
  void wait_for(Wait wait);
  void answer_waiting();
  bool try_answer(const Wait& wait);
  bool has(const Wait& wait) const;
  Result<HlsBody> media_playlist(bool skip, unsigned cache_s);
  Result<HlsBody> multivariant_playlist() const;
  Result<HlsBody> give_up(const Wait& wait);

  std::shared_ptr<Stream> stream_;
  WaitingRoom& room_;
  Packager packager_;
  std::shared_ptr<Reader> reader_;
  std::vector<Wait> waiting_;
  std::function<void()> ready_;
  bool was_ready_ = false;
  std::shared_ptr<const std::string> full_;  // rendered playlists, until the window changes
  std::shared_ptr<const std::string> delta_;
  double viewers_ = 0;
  std::size_t answered_since_part_ = 0;
};

}  // namespace geili::media::llhls
