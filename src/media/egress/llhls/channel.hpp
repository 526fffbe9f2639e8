#pragma once
// One stream's LL-HLS: the picture as H.264 with its sound, and a lower one where the host allows
// it. What has to be transcoded is read only while somebody asks for it. Belongs to the stream's
// media thread.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "media/egress/llhls/low_packager.hpp"
#include "media/egress/llhls/media_list.hpp"
#include "media/egress/llhls/packager.hpp"
#include "media/egress/llhls/playlist.hpp"
#include "media/engine.hpp"
#include "media/stream.hpp"

namespace geili::media::llhls {

class Channel {
 public:
  // `room` outlives the channel.
  Channel(std::shared_ptr<Stream> stream, std::uint64_t first_number, WaitingRoom& room);
  // Answers what still waits with `unavailable`.
  ~Channel();

  void playlist(const std::string& name, const std::string& query, Answer answer);
  void file(const std::string& name, const Answer& answer);
  // Answers what has waited too long, and ceases to make what nobody asks for.
  void expire(SteadyTime now);
  // The stream's configuration or state is another.
  void stream_changed();

  const Window& window() const { return packager_->window(); }
  // There is something to play, at the latest after a request.
  bool is_playable() const;
  std::size_t viewers() const { return source_list_.viewers() + low_list_.viewers(); }
  // Called when the first playlist is there.
  void on_ready(std::function<void()> ready) { ready_ = std::move(ready); }

 private:
  // Reading costs the transcoding of the picture.
  bool is_costly() const;
  bool has_low() const;
  void asked_for(Layer layer);
  void open();
  void close();
  void open_low();
  void close_low();
  void drain();
  void drain_low();
  void advance_low();
  Result<HlsBody> multivariant_playlist() const;
  Variant source_variant() const;
  Variant low_variant() const;

  std::shared_ptr<Stream> stream_;
  std::optional<Packager> packager_;
  std::optional<LowPackager> low_packager_;
  MediaList source_list_;
  MediaList low_list_;
  std::shared_ptr<Reader> reader_;
  std::shared_ptr<Reader> low_reader_;
  std::optional<SteadyTime> asked_;
  std::optional<SteadyTime> low_asked_;
  std::function<void()> ready_;
  bool was_ready_ = false;
};

}  // namespace geili::media::llhls
