// What is parsed is written and parsed again to the same, and both kinds of answer either fail or
// give a description that can be parsed.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/sdp/ice_fragment.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/sdp/parse.hpp"
#include "media/sdp/write.hpp"

namespace {

using namespace geili;
using namespace geili::media;

sdp::LocalTransport local_transport() {
  sdp::LocalTransport local;
  local.session_id = 1;
  local.ice = {"AoursXYZ", "ourpasswordourpasswordour"};
  local.fingerprint = {"sha-256", Bytes(32)};
  local.candidates.push_back({"1", 1, Transport::udp, 1, "192.0.2.1", 5004});
  return local;
}

void check_answer(const Result<sdp::Answer>& answer, const sdp::SessionDescription& offer) {
  if (!answer) {
    assert(!answer.error().code.empty());
    return;
  }
  assert(answer->description.media.size() == offer.media.size());
  assert(answer->media.size() == offer.media.size());
  const auto again = sdp::parse(sdp::write(answer->description));
  assert(again && again->media.size() == offer.media.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(std::as_bytes(std::span(data, size)));
  if (const auto fragment = sdp::parse_ice_fragment(text)) {
    const std::string written = sdp::write(*fragment);
    const auto again = sdp::parse_ice_fragment(written);
    assert(written.size() > sdp::kSdpBytesMax || (again && *again == *fragment));
  }
  const auto session = sdp::parse(text);
  if (!session) return 0;
  // Writing spells every shortened line out, so that the text may outgrow the limit.
  if (const std::string written = sdp::write(*session); written.size() <= sdp::kSdpBytesMax) {
    const auto again = sdp::parse(written);
    assert(again ? *again == *session : again.error().code == "sdp-limit");
  }
  check_answer(sdp::answer_ingest(*session, local_transport()), *session);
  sdp::Sending sending;
  sending.cname = "geili";
  sending.stream_id = "show";
  sending.video = sdp::SendingVideo{.codec = sdp::RtpCodec::h264, .ssrc = 1, .rtx_ssrc = 2};
  sending.video->h264.profile = 66;
  sending.video->h264.constraints = 0xC0;
  sending.video->h264.level = 31;
  sending.audio = sdp::SendingAudio{.ssrc = 3};
  check_answer(sdp::answer_playback(*session, local_transport(), sending), *session);
  return 0;
}
