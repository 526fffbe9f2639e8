#include "media/webrtc/programme.hpp"

#include <utility>

#include "media/h264/avcc.hpp"

namespace geili::media::webrtc {
namespace {

Result<sdp::SendingVideo> describe_video(const CodecConfig& config) {
  if (config.codec == Codec::vp8) return sdp::SendingVideo{.codec = sdp::RtpCodec::vp8};
  const auto unsupported = fail(ErrorKind::unsupported_media, "codec-unsupported",
                                "This picture cannot be sent by WebRTC.");
  if (config.codec != Codec::h264) return unsupported;
  const auto record = h264::parse_avcc(config.record);
  if (!record) return unsupported;
  const auto sps = h264::parse_sps(record->sps.front());
  if (!sps) return unsupported;
  return sdp::SendingVideo{.codec = sdp::RtpCodec::h264, .h264 = *sps};
}

// Of what is encoded anew; its parameter sets are made with its first picture.
sdp::SendingVideo describe_made(const CodecConfig& config) {
  constexpr std::uint8_t kBaseline = 0x42;
  constexpr std::uint8_t kConstrained = 0xC0;
  constexpr std::uint8_t kLevel = 31;  // every browser decodes above what it offers
  return {.codec = sdp::RtpCodec::h264,
          .h264 = {.profile = kBaseline,
                   .constraints = kConstrained,
                   .level = kLevel,
                   .width = config.width,
                   .height = config.height}};
}

}  // namespace

Result<Programme> describe(std::shared_ptr<Stream> stream) {
  const CodecConfigPtr& video = stream->config(Track::video);
  const CodecConfigPtr& audio = stream->config(Track::audio);
  if (stream->state() == StreamState::ended || (!video && !audio)) {
    return fail(ErrorKind::conflict, "not-live", "There is nothing to play yet.");
  }
  const bool is_made = stream->warnings().b_frames && stream->making().in_order;
  if (stream->warnings().b_frames && !is_made) {
    return fail(ErrorKind::unsupported_media, "b-frames",
                "The encoder sends B-frames, which WebRTC does not take.");
  }
  Programme programme{.show = stream->show(),
                      .stream = stream,
                      .sending = {},
                      .can_make_low = stream->making().low && video != nullptr};
  if (is_made) {
    programme.sending.video = describe_made(*video);
  } else if (video) {
    auto described = describe_video(*video);
    if (!described) return fail_as(described);
    programme.sending.video = std::move(*described);
  }
  // Whatever the stream carries, viewers get Opus in stereo; also sound that begins only later, as
  // it does for who joins between the first picture and the first sound.
  programme.sending.audio = sdp::SendingAudio{};
  const std::string name = std::to_string(stream->show().value);
  programme.sending.cname = name;
  programme.sending.stream_id = name;
  return programme;
}

}  // namespace geili::media::webrtc
