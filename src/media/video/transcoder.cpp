#include "media/video/transcoder.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::video {
namespace {

constexpr unsigned kFramesPerS = 30;
constexpr double kBitsPerPixel = 0.08;
constexpr std::uint64_t kBitrateBpsMin = 100'000;
constexpr std::int64_t kStepUsMin = 1'000;

std::uint64_t bitrate_bps(Size size) {
  const double pixels = static_cast<double>(size.width) * size.height;
  return std::max(kBitrateBpsMin, static_cast<std::uint64_t>(pixels * kFramesPerS * kBitsPerPixel));
}

bool is_same(const CodecConfig& a, const CodecConfig& b) {
  return a.codec == b.codec && a.record == b.record;
}

}  // namespace

void Transcoder::push(const Unit& in, std::vector<UnitPtr>& out) {
  const bool reorders = in.config->reorders || in.pts_us != in.dts_us;
  if (in.config != from_ || (reorders && !reorders_)) begin(in, out);
  if (waits_for_key_ && !in.keyframe) return;
  if (!decoder_) return;
  like_.captured = {in.captured.us - in.pts_us};
  like_.publication = in.publication;
  like_.slate = in.slate;
  if (in.keyframe) keys_us_.push_back(in.pts_us);
  std::vector<libav::Frame> pictures;
  const auto decoded = decoder_->decode(in, pictures);
  waits_for_key_ = !decoded;
  if (!decoded) ++figures_.damaged;
  for (libav::Frame& picture : pictures) make(std::move(picture), out);
}

void Transcoder::begin(const Unit& in, std::vector<UnitPtr>& out) {
  finish(out);
  from_ = in.config;
  reorders_ = in.config->reorders || in.pts_us != in.dts_us;
  decoder_.reset();
  auto made = Decoder::create(*in.config, reorders_);
  if (made) {
    decoder_.emplace(std::move(*made));
  } else {
    refusal_ = std::move(made.error());
  }
}

void Transcoder::finish(std::vector<UnitPtr>& out) {
  waits_for_key_ = true;
  if (!decoder_) return;
  std::vector<libav::Frame> pictures;
  decoder_->finish(pictures);
  for (libav::Frame& picture : pictures) make(std::move(picture), out);
  keys_us_.clear();
}

bool Transcoder::is_key(std::int64_t pts_us) {
  bool key = std::exchange(key_wanted_, false);
  while (!keys_us_.empty() && keys_us_.front() <= pts_us) {
    keys_us_.pop_front();
    key = true;
  }
  const bool is_due =
      form_.key_interval_us_max > 0 && pts_us - last_key_us_ >= form_.key_interval_us_max;
  return key || is_due;
}

bool Transcoder::fit_encoder(const AVFrame& picture) {
  const Size size{static_cast<unsigned>(picture.width), static_cast<unsigned>(picture.height)};
  if (encoder_ && encoder_size_ == size) return true;
  encoder_.reset();
  encoder_size_ = size;
  const std::uint64_t bitrate =
      form_.bitrate_bps_max > 0 ? form_.bitrate_bps_max : bitrate_bps(size);
  auto made = Encoder::create({form_.codec, size, bitrate, kFramesPerS}, picture);
  if (!made) {
    refusal_ = std::move(made.error());
    return false;
  }
  encoder_.emplace(std::move(*made));
  return true;
}

void Transcoder::make(libav::Frame picture, std::vector<UnitPtr>& out) {
  const std::int64_t pts_us = picture->pts;
  const std::int64_t least_us = std::max(kStepUsMin, form_.step_us_min);
  const bool is_next_key = !keys_us_.empty() && keys_us_.front() <= pts_us;
  const std::int64_t step_us = last_us_ ? pts_us - *last_us_ : least_us;
  if (step_us < (is_next_key ? kStepUsMin : least_us)) return;
  const Size size{static_cast<unsigned>(picture->width), static_cast<unsigned>(picture->height)};
  if (auto checked = check_size(size); !checked) {
    refusal_ = std::move(checked.error());
    return;
  }
  auto scaled = scaler_.scale(std::move(picture), fitted(size, form_.short_side_max));
  if (!scaled) {
    refusal_ = std::move(scaled.error());
    return;
  }
  if (!fit_encoder(**scaled)) return;
  auto encoded = encoder_->encode(**scaled, is_key(pts_us));
  if (!encoded) {
    refusal_ = std::move(encoded.error());
    return;
  }
  if (!config_ || !is_same(*config_, *encoder_->config())) config_ = encoder_->config();
  if (encoded->keyframe) last_key_us_ = pts_us;
  last_us_ = pts_us;
  ++figures_.pictures;
  auto unit = std::make_shared<Unit>(like_);
  unit->layer = form_.layer;
  unit->keyframe = encoded->keyframe;
  unit->dts_us = unit->pts_us = pts_us;
  unit->captured = {pts_us + like_.captured.us};
  unit->config = config_;
  unit->payload = std::move(encoded->payload);
  out.push_back(std::move(unit));
}

}  // namespace geili::media::video
