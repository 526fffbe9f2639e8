#include "media/webrtc/fan_out.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "media/h264/avcc.hpp"
#include "media/h264/profile.hpp"
#include "media/h264/sps.hpp"
#include "media/webrtc/random_number.hpp"

namespace geili::media::webrtc {
namespace {

constexpr std::uint32_t kVideoRateHz = 90'000;
constexpr std::uint32_t kAudioRateHz = 48'000;
// A lower picture that has not come for so long is not there any more.
constexpr std::int64_t kLowGoneUs = 3'000'000;

rtp::PacketStore make_store(std::uint32_t rate_hz, std::uint32_t first_timestamp) {
  return {rate_hz, random_number<std::uint16_t>(), first_timestamp};
}

bool decodes(const sdp::Codec& codec, const CodecConfig& stream) {
  const auto record = h264::parse_avcc(stream.record);
  if (!record) return false;
  const auto sps = h264::parse_sps(record->sps.front());
  const auto id = h264::parse_profile_level_id(codec.profile_level_id);
  const auto profile = id ? h264::profile_of(*id) : std::nullopt;
  return sps && profile && h264::excess(*profile, *sps);
}

bool is_large(const rtp::SharedPackets& packets, std::size_t than) {
  return packets.payloads.padded(0).size() > than;
}

}  // namespace

FanOut::FanOut(std::function<void(Layer)> want_key, std::size_t viewers_to_join_sound)
    : want_key_(std::move(want_key)),
      viewers_to_join_sound_(viewers_to_join_sound),
      // Both layers on one clock: a viewer may change from one to the other.
      pictures_([first = random_number<std::uint32_t>()] {
        return std::array<Picture, kLayerCount>{Picture{.store = make_store(kVideoRateHz, first)},
                                                Picture{.store = make_store(kVideoRateHz, first)}};
      }()),
      sounds_(make_store(kAudioRateHz, random_number<std::uint32_t>())) {}

void FanOut::on_unit(const Unit& unit, Instant now) {
  if (unit.track == Track::audio) return on_sound(unit, now);
  if (unit.layer == Layer::source) {
    check_source(unit);
    captured_minus_stream_us_ = unit.captured.us - unit.pts_us;
  } else if (unit.config != pictures_[index_of(Layer::low)].config) {
    check_low(unit.config);
  }
  on_picture(unit, now);
}

void FanOut::on_picture(const Unit& unit, Instant now) {
  Picture& picture = pictures_[index_of(unit.layer)];
  picture.config = unit.config;
  picture.came = now;
  picture.bytes.add(now, unit.payload->size());
  const auto packets = picture.store.add(unit, now);
  if (!packets) {
    ++units_refused_;
    return;
  }
  const bool carries_sound = unit.layer == Layer::source;
  const rtp::SharedPacketsPtr sound = carries_sound ? take_sound(now) : nullptr;
  const Viewer::Part of_picture{packets->get(), unit.layer};
  const Viewer::Part of_sound{sound.get(), Layer::source};
  // A run of segments ends with the only one that may be shorter.
  const bool sound_first = sound && (*packets)->payloads.size() == 1 &&
                           is_large(*sound, (*packets)->payloads.padded(0).size());
  const std::array both{sound_first ? of_sound : of_picture, sound_first ? of_picture : of_sound};
  const std::span<const Viewer::Part> all(both);
  for (Viewer* viewer : viewers_) {
    if (is_sent(*viewer, unit)) {
      viewer->send(sound ? all : std::span(&of_picture, 1), now);
    } else if (sound) {
      viewer->send(std::span(&of_sound, 1), now);
    }
  }
}

bool FanOut::is_sent(const Viewer& viewer, const Unit& unit) const {
  if (unit.layer == viewer.layer()) return unit.keyframe || viewer.has_picture();
  if (!unit.keyframe) return false;
  // The slate is for all; there may be no lower one.
  const bool is_only_slate = unit.slate && unit.layer == Layer::source;
  return is_only_slate || unit.layer == viewer.wanted_layer();
}

void FanOut::on_sound(const Unit& unit, Instant now) {
  if (!captured_minus_stream_us_) captured_minus_stream_us_ = unit.captured.us - unit.pts_us;
  const bool waits = viewers_.size() >= viewers_to_join_sound_;
  if (!waits || !joiner_.joins(unit)) send_sound(now);
  joiner_.add(unit, now);
  if (!waits) send_sound(now);
}

void FanOut::on_timer(Instant now) {
  if (joiner_.is_due(now)) send_sound(now);
}

rtp::SharedPacketsPtr FanOut::take_sound(Instant now) {
  const auto unit = joiner_.take();
  if (!unit) return nullptr;
  auto packets = sounds_.add(*unit, now);
  if (packets) return std::move(*packets);
  ++units_refused_;
  return nullptr;
}

void FanOut::send_sound(Instant now) {
  const rtp::SharedPacketsPtr sound = take_sound(now);
  if (!sound) return;
  const Viewer::Part part{sound.get(), Layer::source};
  for (Viewer* viewer : viewers_) viewer->send(std::span(&part, 1), now);
}

const rtp::PacketStore& FanOut::packets(Track track, Layer layer) const {
  return track == Track::audio ? sounds_ : pictures_[index_of(layer)].store;
}

std::optional<std::int64_t> FanOut::stream_us(Instant now) const {
  if (!captured_minus_stream_us_) return std::nullopt;
  return now.us - *captured_minus_stream_us_;
}

LayerConditions FanOut::layers(Instant now) const {
  constexpr double kBitsPerByte = 8;
  const Picture& source = pictures_[index_of(Layer::source)];
  return {.has_low = has_low(now),
          .source_bps = static_cast<std::uint64_t>(kBitsPerByte * source.bytes.per_s(now)),
          .estimate_bps = std::nullopt};
}

bool FanOut::has_low(Instant now) const {
  const Picture& low = pictures_[index_of(Layer::low)];
  if (low.config && (now - low.came).count() < kLowGoneUs) return true;
  const bool was_awaited = low_wanted_since_ && (now - *low_wanted_since_).count() >= kLowGoneUs;
  return can_make_low_ && !was_awaited;
}

bool FanOut::wants_low(Instant now) {
  const bool wants = std::ranges::any_of(
      viewers_, [](const Viewer* viewer) { return viewer->wanted_layer() == Layer::low; });
  if (!wants) {
    low_wanted_since_.reset();
  } else if (!low_wanted_since_) {
    low_wanted_since_ = now;
  }
  return wants;
}

void FanOut::join(Viewer& viewer) {
  const CodecConfigPtr& low = pictures_[index_of(Layer::low)].config;
  // What is made is of the source's codec, in a profile that all decoders of it take.
  if (!low && can_make_low_) viewer.set_low_fits(true);
  if (low) viewer.set_low_fits(fits(viewer, *low));
  viewers_.push_back(&viewer);
}

void FanOut::leave(Viewer& viewer) {
  std::erase(viewers_, &viewer);
}

void FanOut::opened(Viewer& viewer, Instant now) {
  if (!viewer.takes(Track::video)) return;
  const auto group = packets(Track::video, Layer::source).since_key();
  if (group.empty()) want_key_(Layer::source);
  for (const rtp::SharedPacketsPtr& packets : group) {
    const Viewer::Part part{packets.get(), Layer::source};
    viewer.send(std::span(&part, 1), now);
  }
}

bool FanOut::fits(const Viewer& viewer, const CodecConfig& config) {
  const sdp::Codec* codec = viewer.video_codec();
  if (codec == nullptr) return true;
  if (config.codec == Codec::vp8) return codec->codec == sdp::RtpCodec::vp8;
  if (config.codec != Codec::h264 || codec->codec != sdp::RtpCodec::h264) return false;
  return !config.reorders && decodes(*codec, config);
}

// A viewer whose decoder does not fit is let go; its page asks anew and learns what fits.
void FanOut::check_source(const Unit& unit) {
  const bool reorders = unit.pts_us != unit.dts_us;
  if (unit.config == pictures_[index_of(Layer::source)].config && !reorders) return;
  for (Viewer* viewer : viewers_) {
    if (reorders || !fits(*viewer, *unit.config)) viewer->transport().close("codec-changed");
  }
}

void FanOut::check_low(const CodecConfigPtr& config) {
  for (Viewer* viewer : viewers_) viewer->set_low_fits(fits(*viewer, *config));
}

}  // namespace geili::media::webrtc
