#include "media/webrtc/layer_fallback.hpp"

#include <array>

namespace geili::media::webrtc {
namespace {

constexpr std::array kSource{Layer::source};
constexpr std::array kLow{Layer::low};
// Who watches the lower layer goes on with it.
constexpr std::array kBoth{Layer::source, Layer::low};

}  // namespace

void LayerFallback::heard(Layer layer, Instant now) {
  if (layer == Layer::low) low_heard_ = now;
  if (layer == Layer::source || !source_heard_) source_heard_ = now;
}

// When both are silent it is the network, not the publisher's choice.
bool LayerFallback::source_is_silent(Instant now) const {
  return low_heard_ && source_heard_ && (now - *source_heard_).count() >= kSilenceUs &&
         (now - *low_heard_).count() < kSilenceUs;
}

std::span<const Layer> LayerFallback::places(Layer layer, bool keyframe, Instant now) {
  if (layer == Layer::source) {
    if (is_low_ && !keyframe) return {};
    is_low_ = false;
    return kSource;
  }
  if (keyframe && source_is_silent(now)) is_low_ = true;
  return is_low_ ? std::span<const Layer>(kBoth) : kLow;
}

}  // namespace geili::media::webrtc
