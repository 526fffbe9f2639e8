#pragma once
// Pictures in the size and the form that encoders take here: 4:2:0, 8 bits, video range.

#include <memory>

#include "base/result.hpp"
#include "media/libav.hpp"
#include "media/video/picture_size.hpp"

struct SwsContext;

namespace geili::media::video {

// Single-threaded; keeps what it needs for pictures like the last one.
class Scaler {
 public:
  // The same picture when it is as wanted already. `to` has even sides. Colours and the shape of
  // the pixels stay. Error: unsupported_media "picture-scale".
  Result<libav::Frame> scale(libav::Frame picture, Size to);

 private:
  struct Free {
    void operator()(SwsContext* context) const;
  };
  bool fit(const AVFrame& from, Size to);

  std::unique_ptr<SwsContext, Free> context_;
  Size from_;
  Size to_;
  int format_ = -1;
  bool is_full_range_ = false;
};

// A picture of that size with room for its samples; null when there is no memory.
libav::Frame make_picture(Size size);

}  // namespace geili::media::video
