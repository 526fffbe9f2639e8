#include "media/h264/picture_builder.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "media/h264/nal.hpp"

namespace geili::media::h264 {
namespace {

constexpr unsigned kTypeLast = 23;  // beyond are the forms of RTP
constexpr std::size_t kSliceHeadBytes = 32;

bool is_forbidden(ByteView nal) {
  return (nal[0] & std::byte{0x80}) != std::byte{0};
}

}  // namespace

void PictureBuilder::begin() {
  payload_.clear();
  slice_head_.clear();
  nals_ = 0;
  has_idr_ = false;
  has_sps_ = false;
}

bool PictureBuilder::add(ByteView nal) {
  const NalType type = type_of(nal);
  const auto number = static_cast<unsigned>(type);
  if (number == 0 || number > kTypeLast || is_forbidden(nal) || ++nals_ > kNalsMax) return false;
  switch (type) {
    case NalType::sps:
    case NalType::pps:
      has_sps_ = has_sps_ || type == NalType::sps;
      return sets_.add(nal).has_value();
    case NalType::access_unit_delimiter:
    case NalType::filler:
      return true;
    case NalType::slice:
    case NalType::idr_slice:
      if (slice_head_.empty()) {
        if (!begins_picture(nal)) return false;
        const ByteView head = nal.first(std::min(nal.size(), kSliceHeadBytes));
        slice_head_.assign(head.begin(), head.end());
        has_idr_ = type == NalType::idr_slice;
      }
      break;
    default:
      break;
  }
  append_length_prefixed(payload_, nal);
  return true;
}

Result<void> PictureBuilder::use_sets_of(ByteView slice) {
  auto config = sets_.of_slice(slice);
  if (!config) return fail_as(config);
  if (described_ && *config == config_) return {};
  auto described = describe(*config);
  if (!described) return fail_as(described);
  described_ = std::make_shared<const CodecConfig>(std::move(*described));
  config_ = std::move(*config);
  return {};
}

Result<Picture> PictureBuilder::finish(bool marked_key) {
  if (slice_head_.empty()) return Picture{};
  const bool keyframe = has_idr_ || (marked_key && has_sps_);
  if (keyframe) {
    if (auto used = use_sets_of(slice_head_); !used) return fail_as(used);
  }
  return Picture{keyframe, described_, std::exchange(payload_, {})};
}

}  // namespace geili::media::h264
