#pragma once
// A stream with its picture in one form, on its way to the readers who want that form: handed on as
// it is where it fits, transcoded where it does not.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include <boost/asio/io_context.hpp>

#include "media/group_cache.hpp"
#include "media/reader.hpp"
#include "media/stream_item.hpp"
#include "media/video/picture_worker.hpp"
#include "media/video/rendition.hpp"

namespace geili::media {

// What may be transcoded, and by whom. Without a worker pictures stay as they were sent.
struct PictureMaking {
  video::PictureWorker* worker = nullptr;            // outlives the stream
  std::shared_ptr<boost::asio::io_context> media{};  // of the stream's thread
  bool low = false;                                  // a lower picture for publishers who send none
  bool in_order = false;  // pictures that are sent out of order, for WebRTC
};

inline constexpr unsigned kLowShortSide = 360;
inline constexpr std::uint64_t kLowBitrateBps = 500'000;

// Belongs to the stream's media thread.
class Lane {
 public:
  struct Kind {
    Layer layer = Layer::source;
    Picture picture = Picture::as_sent;  // of the low layer as_sent: in the codec of the source
    friend bool operator==(const Kind&, const Kind&) = default;
  };
  // Everything that comes out, in order.
  using Deliver = std::function<void(const Lane&, const StreamItem&)>;

  Lane(Kind kind, const PictureMaking& making, GroupLimits limits, Deliver deliver)
      : kind_(kind), making_(making), group_(limits), deliver_(std::move(deliver)) {}

  const Kind& kind() const { return kind_; }
  // Every item of the stream, of both layers.
  void push(const StreamItem& item);
  // What came out since the last key frame.
  const GroupCache& group() const { return group_; }
  // Nothing is on its way.
  bool is_settled() const { return !rendition_ || rendition_->is_idle(); }
  // False when that is the publisher's business.
  bool make_key_frame();
  video::RenditionFigures figures() const {
    return rendition_ ? rendition_->figures() : video::RenditionFigures{};
  }

 private:
  void push_picture(const UnitPtr& unit);
  bool is_input(const Unit& unit);
  bool fits(const Unit& unit);
  void pass(const StreamItem& item);
  void convert(const UnitPtr& unit);
  video::Form form_for(const Unit& unit) const;
  void hand_on(const StreamItem& item);
  UnitPtr in_order(const UnitPtr& picture);

  const Kind kind_;
  const PictureMaking& making_;
  GroupCache group_;
  const Deliver deliver_;
  Layer input_ = Layer::source;  // what a lower picture is made of, or is
  std::int64_t low_us_ = 0;      // of the last picture of the publisher's own low layer
  CodecConfigPtr config_;        // of the last picture that came in
  bool reorders_ = false;        // pictures of that configuration did
  bool converts_ = false;
  Codec made_codec_ = Codec::h264;
  std::shared_ptr<video::Rendition> rendition_;
  std::optional<std::int64_t> last_us_;  // of the pictures that came out
};

}  // namespace geili::media
