#include "media/webrtc/fan_out.hpp"

#include <utility>

#include "media/h264/avcc.hpp"
#include "media/h264/profile.hpp"
#include "media/h264/sps.hpp"
#include "media/webrtc/random_number.hpp"

namespace geili::media::webrtc {
namespace {

constexpr std::uint32_t kVideoRateHz = 90'000;
constexpr std::uint32_t kAudioRateHz = 48'000;

rtp::PacketStore make_store(std::uint32_t rate_hz) {
  return {rate_hz, random_number<std::uint16_t>(), random_number<std::uint32_t>()};
}

bool decodes(const sdp::Codec& codec, const CodecConfig& stream) {
  const auto record = h264::parse_avcc(stream.record);
  if (!record) return false;
  const auto sps = h264::parse_sps(record->sps.front());
  const auto id = h264::parse_profile_level_id(codec.profile_level_id);
  const auto profile = id ? h264::profile_of(*id) : std::nullopt;
  return sps && profile && h264::excess(*profile, *sps);
}

}  // namespace

FanOut::FanOut(std::function<void(Layer)> want_key)
    : want_key_(std::move(want_key)), stores_{make_store(kVideoRateHz), make_store(kAudioRateHz)} {}

void FanOut::on_unit(const Unit& unit, Instant now) {
  if (unit.layer == Layer::low) return;
  if (unit.track == Track::video) check_picture(unit);
  const auto packets = stores_[index_of(unit.track)].add(unit, now);
  if (!packets) {
    ++units_refused_;
    return;
  }
  captured_minus_stream_us_ = unit.captured.us - unit.pts_us;
  const bool continues = unit.track == Track::audio || unit.keyframe;
  for (Viewer* viewer : viewers_) {
    if (continues || viewer->has_picture()) viewer->send(**packets, now);
  }
}

std::optional<std::int64_t> FanOut::stream_us(Instant now) const {
  if (!captured_minus_stream_us_) return std::nullopt;
  return now.us - *captured_minus_stream_us_;
}

void FanOut::leave(Viewer& viewer) {
  std::erase(viewers_, &viewer);
}

void FanOut::opened(Viewer& viewer, Instant now) {
  if (!viewer.takes(Track::video)) return;
  const auto group = packets(Track::video).since_key();
  if (group.empty()) want_key_(Layer::source);
  for (const rtp::SharedPacketsPtr& packets : group) viewer.send(*packets, now);
}

bool FanOut::fits(const Viewer& viewer, const CodecConfig& config) {
  const sdp::Codec* codec = viewer.video_codec();
  if (codec == nullptr) return true;
  if (config.codec == Codec::vp8) return codec->codec == sdp::RtpCodec::vp8;
  if (config.codec != Codec::h264 || codec->codec != sdp::RtpCodec::h264) return false;
  return !config.reorders && decodes(*codec, config);
}

// A viewer whose decoder does not fit is let go; its page asks anew and learns what fits.
void FanOut::check_picture(const Unit& unit) {
  const bool reorders = unit.pts_us != unit.dts_us;
  if (unit.config == video_config_ && !reorders) return;
  video_config_ = unit.config;
  for (Viewer* viewer : viewers_) {
    if (reorders || !fits(*viewer, *unit.config)) viewer->transport().close("codec-changed");
  }
}

}  // namespace geili::media::webrtc
