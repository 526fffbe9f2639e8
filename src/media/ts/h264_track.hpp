#pragma once
// H.264 in MPEG-TS (ISO/IEC 13818-1 section 2.14): the byte stream of annex B, a picture for each
// time that PES packets name.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/h264/picture_builder.hpp"
#include "media/ts/track.hpp"

namespace geili::media::ts {

inline constexpr std::size_t kPictureBytesMax = 4 * 1024 * 1024;

// A picture is complete when the next one begins, since PES packets of video mostly do not tell
// their length. After a damaged picture nothing comes out until the next key frame.
class H264Track final : public ElementaryTrack {
 public:
  Result<void> begin(const PesStart& start, std::vector<SourceUnit>& out) override;
  Result<void> data(ByteView bytes, std::vector<SourceUnit>& out) override;
  void gap() override;
  Result<void> finish(std::vector<SourceUnit>& out) override;

 private:
  Result<void> close(std::vector<SourceUnit>& out);
  Result<h264::Picture> build();

  h264::PictureBuilder builder_;
  Bytes bytes_;
  std::optional<PesStart> open_;
  bool is_damaged_ = false;  // the open picture
  bool needs_key_ = true;
};

}  // namespace geili::media::ts
