#pragma once
// One media playlist with its files: answers requests at once, or when the part they wait for is
// there. Belongs to the stream's media thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/egress/llhls/playlist.hpp"
#include "media/egress/llhls/window.hpp"
#include "media/engine.hpp"

namespace geili::media::llhls {

// Called once, on the media thread.
using Answer = std::function<void(Result<HlsBody>)>;
using SteadyTime = std::chrono::steady_clock::time_point;

// What all lists of an engine share.
struct WaitingRoom {
  HlsLimits limits;
  std::size_t waiting = 0;
  std::uint64_t answers = 0;  // bodies given out
};

inline constexpr const char* kPlaylistType = "application/vnd.apple.mpegurl";

class MediaList {
 public:
  using LastPart = std::function<std::optional<PartNumber>()>;

  // `room` outlives the list; `other` tells of the playlist of the other layer.
  MediaList(Layer layer, WaitingRoom& room, LastPart other)
      : layer_(layer), room_(room), other_(std::move(other)) {}
  // Answers what still waits with `unavailable`.
  ~MediaList();
  MediaList(const MediaList&) = delete;
  MediaList& operator=(const MediaList&) = delete;

  // Null: there is none yet, and requests wait for one. It has to be set anew before the window
  // goes.
  void show(const Window* window);
  // The window has changed, or the other list.
  void changed();

  void playlist(const PlaylistQuery& query, Answer answer);
  void file(const FileName& name, const Answer& answer);
  // Calls `render` when there is a window to play.
  void when_ready(std::function<Result<HlsBody>()> render, Answer answer);
  // Answers what has waited too long.
  void expire(SteadyTime now);

  // An estimate: playlist requests answered for each part.
  std::size_t viewers() const { return static_cast<std::size_t>(viewers_ + 0.5); }

 private:
  struct Wait {
    FileName part;  // kind part: this one; kind segment: a playlist with this segment, or this part
    bool is_playlist = false;
    bool whole_segment = false;
    bool skip = false;
    std::function<Result<HlsBody>()> render{};  // null: the media playlist
    SteadyTime until{};
    Answer answer{};
  };

  bool is_ready() const { return window_ != nullptr && window_->is_ready(); }
  bool is_ended() const { return window_ != nullptr && window_->is_ended(); }
  void give_file(const SharedBytes& body, const Answer& answer);
  void wait_for(Wait wait);
  void answer_waiting();
  bool try_answer(const Wait& wait);
  bool has(const Wait& wait) const;
  Result<HlsBody> media_playlist(bool skip, unsigned cache_s);
  Result<HlsBody> give_up(const Wait& wait);

  const Layer layer_;
  WaitingRoom& room_;
  const LastPart other_;
  const Window* window_ = nullptr;
  std::vector<Wait> waiting_;
  std::shared_ptr<const std::string> full_;  // rendered playlists, until something changes
  std::shared_ptr<const std::string> delta_;
  std::uint64_t parts_ = 0;
  double viewers_ = 0;
  std::size_t answered_since_part_ = 0;
};

}  // namespace geili::media::llhls
