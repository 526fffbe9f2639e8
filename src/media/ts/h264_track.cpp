#include "media/ts/h264_track.hpp"

#include <cstdlib>
#include <memory>
#include <utility>

#include "media/h264/annex_b.hpp"

namespace geili::media::ts {
namespace {

// Pictures shown further from their decoding than this have wrong times.
constexpr std::int64_t kCompositionUsMax = 10'000'000;

bool is_same_picture(const PesStart& open, const PesStart& start) {
  return !start.dts_us ||
         (*start.dts_us == *open.dts_us && start.composition_us == open.composition_us);
}

}  // namespace

Result<void> H264Track::begin(const PesStart& start, std::vector<SourceUnit>& out) {
  // Some muxers send the slices of a picture in PES packets of their own.
  if (open_ && is_same_picture(*open_, start)) return {};
  auto closed = close(out);
  if (!start.dts_us) return closed;
  open_ = start;
  bytes_.clear();
  is_damaged_ = std::abs(start.composition_us) > kCompositionUsMax;
  return closed;
}

Result<void> H264Track::data(ByteView bytes, std::vector<SourceUnit>&) {
  if (!open_ || is_damaged_) return {};
  if (bytes_.size() + bytes.size() > kPictureBytesMax) {
    is_damaged_ = true;
    return {};
  }
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return {};
}

void H264Track::gap() {
  is_damaged_ = true;  // the open picture, if there is one
  needs_key_ = true;
}

Result<void> H264Track::finish(std::vector<SourceUnit>& out) {
  return close(out);
}

Result<h264::Picture> H264Track::build() {
  if (is_damaged_) return fail(ErrorKind::invalid, "picture-damaged", "A picture lacks parts.");
  auto nals = h264::split_annex_b(bytes_);
  if (!nals) return fail_as(nals);
  builder_.begin();
  for (const ByteView nal : *nals) {
    if (!builder_.add(nal)) {
      return fail(ErrorKind::invalid, "picture-damaged", "A picture is malformed.");
    }
  }
  return builder_.finish(open_->random_access);
}

Result<void> H264Track::close(std::vector<SourceUnit>& out) {
  if (!open_) return {};
  auto picture = build();
  const PesStart start = *std::exchange(open_, std::nullopt);
  if (!picture) {
    ++counts_.damaged;
    needs_key_ = true;
    if (picture.error().kind == ErrorKind::unsupported_media) return fail_as(picture);
    return {};
  }
  if (picture->payload.empty()) return {};
  if (needs_key_ && !picture->keyframe) {
    ++counts_.skipped;
    return {};
  }
  needs_key_ = false;
  SourceUnit unit;
  unit.track = Track::video;
  unit.keyframe = picture->keyframe;
  unit.dts_us = *start.dts_us;
  unit.composition_us = start.composition_us;
  unit.config = std::move(picture->config);
  unit.payload = std::make_shared<const Bytes>(std::move(picture->payload));
  out.push_back(std::move(unit));
  return {};
}

}  // namespace geili::media::ts
