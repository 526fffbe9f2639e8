#pragma once
// Hands the items of one stream to its readers, each in the forms that it wants. What has to be
// transcoded for that is transcoded once, from the first reader who needs it to the last.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "media/audio/rendition.hpp"
#include "media/group_cache.hpp"
#include "media/lane.hpp"
#include "media/reader.hpp"
#include "media/stream_item.hpp"

namespace geili::media {

// Belongs to the stream's media thread.
class Distributor {
 public:
  Distributor(GroupLimits limits, PictureMaking making)
      : limits_(limits), making_(std::move(making)), group_(limits), low_group_(limits) {}
  Distributor(const Distributor&) = delete;
  Distributor& operator=(const Distributor&) = delete;

  const PictureMaking& making() const { return making_; }

  // The reader gets the cached group of pictures of each layer, and `paused` if that is how the
  // stream is.
  std::shared_ptr<Reader> add(std::size_t units_max, std::function<void()> wake,
                              const Wanted& wanted, const std::optional<Pause>& paused);
  // A unit as the publisher sent it.
  void push(const UnitPtr& unit);
  // What was cached is over.
  void pause(const Pause& pause);
  // The sound of the slate is over, and what follows is not mixed with it.
  void end_slate() { finish_other_audio(); }
  // True when the picture that is wanted is made here; else the publisher has to be asked.
  bool make_key_frame(Layer layer);

  // Of the readers there are now.
  std::uint64_t units_dropped();
  bool is_watched() const;
  // Nothing is still being transcoded.
  bool is_settled() const;
  video::RenditionFigures figures() const;

 private:
  // Sees that there is every lane that a reader needs, and no other.
  void tend_lanes();
  std::vector<Lane::Kind> kinds_of(const Reader& reader) const;
  Lane::Kind low_kind() const;
  Lane* find(const Lane::Kind& kind) const;
  Lane& open_lane(const Lane::Kind& kind);
  void fill(Lane& lane) const;
  void send(const StreamItem& item);
  // `lane` null: as the publisher sent it.
  void give(const Lane* lane, const StreamItem& item);
  bool takes(const Reader& reader, const Lane* lane, const StreamItem& item) const;
  bool takes_picture(const Wanted& wanted, bool is_main, const Lane* lane, const Unit& unit) const;
  bool is_main(const Wanted& wanted, const Lane* lane) const;

  bool needs_other_audio(const Reader& reader) const;
  void begin_other_audio();
  void push_other_audio(const UnitPtr& unit);
  void finish_other_audio();

  const GroupLimits limits_;
  const PictureMaking making_;
  std::vector<std::weak_ptr<Reader>> readers_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::optional<Codec> audio_;  // of the publisher
  Codec video_ = Codec::h264;
  bool low_is_sent_ = false;  // by this publisher
  // The sound in the codec that the publisher does not send, while a reader needs it.
  std::optional<audio::Rendition> other_audio_;
  GroupCache group_;  // with the sound of both codecs while there are both
  GroupCache low_group_;
};

}  // namespace geili::media
