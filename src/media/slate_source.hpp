#pragma once
// Shows the slate of a stream while nobody publishes and somebody watches: made once of the last
// key frame, then one small picture after another, with silence beside them.

#include <cstdint>
#include <memory>
#include <optional>

#include <boost/asio/io_context.hpp>

#include "base/clock.hpp"
#include "media/stream.hpp"
#include "media/video/picture_worker.hpp"
#include "media/video/slate.hpp"

namespace geili::media {

// Belongs to the stream's media thread.
class SlateSource : public std::enable_shared_from_this<SlateSource> {
 public:
  // `worker` and `clock` outlive it.
  SlateSource(std::shared_ptr<Stream> stream, const Clock& clock, video::PictureWorker& worker,
              std::shared_ptr<boost::asio::io_context> media)
      : stream_(std::move(stream)), clock_(clock), worker_(worker), media_(std::move(media)) {}

  // The last key frame that was published.
  void on_key_frame(UnitPtr key_frame);
  // To be called some ten times a second.
  void tick();

 private:
  void make();
  void use(const UnitPtr& of, std::shared_ptr<const video::Slate> slate);
  void show();
  void stop();

  const std::shared_ptr<Stream> stream_;
  const Clock& clock_;
  video::PictureWorker& worker_;
  const std::shared_ptr<boost::asio::io_context> media_;
  UnitPtr key_frame_;
  UnitPtr made_of_;  // what the slate is made of, or was tried with
  std::shared_ptr<const video::Slate> slate_;
  std::optional<Instant> began_;  // while it is shown
  std::int64_t shown_ = 0;        // pictures
};

}  // namespace geili::media
