#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "media/sdp/negotiate.hpp"
#include "media/sdp/negotiate_fixture.hpp"
#include "media/sdp/write.hpp"

namespace geili::media::sdp {
namespace {

Answer ingest(const std::string& name) {
  auto answer = answer_ingest(offer_of(name), our_transport());
  EXPECT_TRUE(answer) << name << ": " << (answer ? "" : answer.error().detail);
  return answer ? *answer : Answer{};
}

std::vector<unsigned> types_of(const NegotiatedMedia& media) {
  std::vector<unsigned> types;
  for (const Codec& codec : media.codecs) types.push_back(codec.payload_type);
  return types;
}

TEST(AnswerIngest, TakesWhatEachClientOffers) {
  const struct {
    const char* name;
    std::size_t audio;
    std::size_t video;
    std::vector<unsigned> video_types;  // in our order
  } cases[] = {
      // Constrained Baseline, Baseline, Main, VP8.
      {"chromium_publish", 0, 1, {108, 102, 116, 96}},
      {"firefox_publish", 0, 1, {126, 105, 120}},
      {"safari_publish", 0, 1, {98, 96, 100}},
      {"obs_publish", 0, 1, {96}},
      {"gstreamer_publish", 1, 0, {96}},
  };
  for (const auto& client : cases) {
    const Answer answer = ingest(client.name);
    ASSERT_EQ(answer.media.size(), 2U) << client.name;
    const NegotiatedMedia& video = answer.media[client.video];
    const NegotiatedMedia& audio = answer.media[client.audio];
    EXPECT_TRUE(video.accepted && audio.accepted) << client.name;
    EXPECT_EQ(types_of(video), client.video_types) << client.name;
    ASSERT_EQ(audio.codecs.size(), 1U) << client.name;
    EXPECT_EQ(audio.codecs[0].codec, RtpCodec::opus);
    EXPECT_TRUE(video.codecs[0].pli && video.codecs[0].nack) << client.name;
    EXPECT_FALSE(answer.remote.ice.pwd.empty());
    EXPECT_EQ(answer.remote.fingerprints.size(), 1U);
    const auto again = parse(write(answer.description));
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(*again, answer.description) << client.name;
    EXPECT_FALSE(write(answer.description).contains("3gpp")) << client.name;
  }
}

constexpr std::string_view kObsAnswer =
    "v=0\r\n"
    "o=- 4611686018427387904 1 IN IP4 0.0.0.0\r\n"
    "s=-\r\n"
    "t=0 0\r\n"
    "a=group:BUNDLE 0 1\r\n"
    "a=ice-lite\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
    "c=IN IP4 0.0.0.0\r\n"
    "a=mid:0\r\n"
    "TRANSPORT"
    "a=recvonly\r\n"
    "a=rtcp-mux\r\n"
    "a=rtpmap:111 opus/48000/2\r\n"
    "a=fmtp:111 minptime=10;useinbandfec=1;stereo=1\r\n"
    "a=candidate:1 1 udp 2130706431 192.0.2.1 8189 typ host\r\n"
    "a=end-of-candidates\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
    "c=IN IP4 0.0.0.0\r\n"
    "a=mid:1\r\n"
    "TRANSPORT"
    "a=recvonly\r\n"
    "a=rtcp-mux\r\n"
    "a=rtpmap:96 H264/90000\r\n"
    "a=rtcp-fb:96 goog-remb\r\n"
    "a=rtcp-fb:96 nack\r\n"
    "a=rtcp-fb:96 nack pli\r\n"
    "a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n";

TEST(AnswerIngest, WritesAnAnswerToObs) {
  std::string print = "AB";
  for (int i = 1; i < 32; ++i) print += ":AB";
  const std::string transport =
      "a=ice-ufrag:AoursXYZ\r\na=ice-pwd:ourpasswordourpasswordour\r\na=ice-options:trickle "
      "ice2\r\n"
      "a=fingerprint:sha-256 " +
      print + "\r\na=setup:passive\r\n";
  std::string expected = changed(std::string(kObsAnswer), "TRANSPORT", transport);
  expected = changed(expected, "TRANSPORT", transport);
  EXPECT_EQ(write(ingest("obs_publish").description), expected);
}

TEST(AnswerIngest, NamesCodecsExtensionsAndSources) {
  const NegotiatedMedia video = ingest("chromium_publish").media.at(1);
  const Codec& h264 = video.codecs.at(0);
  EXPECT_EQ(h264.codec, RtpCodec::h264);
  EXPECT_EQ(h264.rtx_payload_type, 109);
  EXPECT_EQ(h264.profile_level_id, "42e01f");
  EXPECT_EQ(h264.clock_hz, 90'000U);
  EXPECT_TRUE(h264.nack && h264.pli && h264.fir && h264.transport_cc && h264.remb);
  EXPECT_EQ(video.codecs.at(3).codec, RtpCodec::vp8);
  EXPECT_EQ(video.extensions.mid, 4U);
  EXPECT_EQ(video.extensions.rid, 10U);
  EXPECT_EQ(video.extensions.repaired_rid, 11U);
  EXPECT_EQ(video.extensions.transport_cc, 3U);
  EXPECT_EQ(video.extensions.abs_send_time, 2U);
  EXPECT_EQ(video.extensions.audio_level, 0U);
  EXPECT_EQ(video.ssrcs, (std::vector<std::uint32_t>{4'210'791'535}));
  ASSERT_EQ(video.rtx_ssrcs.size(), 1U);
  EXPECT_EQ(video.rtx_ssrcs[0].second, 2'224'358'263U);
  EXPECT_TRUE(video.rids.empty());
  const NegotiatedMedia audio = ingest("chromium_publish").media.at(0);
  EXPECT_EQ(audio.extensions.audio_level, 1U);
  EXPECT_EQ(audio.ssrcs, (std::vector<std::uint32_t>{1'968'905'142}));
}

TEST(AnswerIngest, TakesTwoLayersOfSimulcast) {
  const Answer two = ingest("chromium_simulcast");
  EXPECT_EQ(two.media.at(1).rids, (std::vector<std::string>{"h", "l"}));
  EXPECT_TRUE(
      write(two.description).contains("a=rid:h recv\r\na=rid:l recv\r\na=simulcast:recv h;l\r\n"));

  std::string three =
      changed(seed("chromium_simulcast"), "a=simulcast:send h;l", "a=simulcast:send f;h;l");
  three = changed(three, "a=rid:h send", "a=rid:f send\r\na=rid:h send");
  const auto answer = answer_ingest(parsed(three), our_transport());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->media.at(1).rids, (std::vector<std::string>{"f", "h"}));
  EXPECT_FALSE(write(answer->description).contains("a=rid:l"));
}

TEST(AnswerIngest, DeclinesSimulcastThatCannotBeToldApart) {
  const std::string without =
      changed(seed("chromium_simulcast"), "sdes:rtp-stream-id", "sdes:other");
  const auto answer = answer_ingest(parsed(without), our_transport());
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->media.at(1).rids.empty());
  EXPECT_FALSE(answer->description.media.at(1).simulcast);
}

TEST(AnswerIngest, DeclinesWhatIsTooMuch) {
  const std::string more =
      seed("obs_publish") +
      "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\na=sendonly\r\na=rtcp-mux\r\n"
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:3\r\n";
  const auto answer = answer_ingest(parsed(more), our_transport());
  ASSERT_TRUE(answer) << answer.error().detail;
  ASSERT_EQ(answer->media.size(), 4U);
  EXPECT_FALSE(answer->media[2].accepted || answer->media[3].accepted);
  EXPECT_EQ(answer->description.media[2].port, 0);
  EXPECT_EQ(*answer->description.bundle(), (std::vector<std::string>{"0", "1"}));
}

TEST(AnswerIngest, OneMediumNeedsNoBundle) {
  std::string silent = seed("obs_publish");
  silent = silent.erase(silent.find("m=audio"), silent.find("m=video") - silent.find("m=audio"));
  const auto video = answer_ingest(parsed(silent), our_transport());
  ASSERT_TRUE(video) << video.error().detail;
  EXPECT_EQ(video->media.size(), 1U);
  EXPECT_FALSE(video->description.media[0].candidates.empty());

  const auto alone =
      answer_ingest(parsed(changed(silent, "a=group:BUNDLE 0 1\r\n", "")), our_transport());
  ASSERT_TRUE(alone) << alone.error().detail;
  EXPECT_TRUE(alone->description.groups.empty());
}

TEST(AnswerIngest, ModeZeroIsTheLastResort) {
  const auto answer = answer_ingest(
      parsed(changed(seed("obs_publish"), "packetization-mode=1;", "")), our_transport());
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(types_of(answer->media.at(1)), (std::vector<unsigned>{96}));
}

TEST(AnswerIngest, RefusesWhatCannotWork) {
  const std::string obs = seed("obs_publish");
  const std::string print =
      obs.substr(obs.find("a=fingerprint"), obs.find("m=audio") - obs.find("a=fingerprint"));
  const struct {
    std::string offer;
    const char* code;
    const char* names;  // what the detail has to say
  } cases[] = {
      {changed(obs, "a=group:BUNDLE 0 1\r\n", ""), "sdp-no-bundle", "BUNDLE"},
      {changed(obs, "a=group:BUNDLE 0 1", "a=group:BUNDLE 0"), "sdp-no-bundle", "video (mid 1)"},
      {changed(obs, "a=mid:1\r\n", ""), "sdp-no-mid", "a=mid"},
      {changed(obs, "a=mid:1\r\n", "a=mid:0\r\n"), "sdp-no-mid", "different"},
      {changed(obs, "a=rtcp-mux\r\n", ""), "sdp-no-rtcp-mux", "audio (mid 0)"},
      {changed(obs, "a=ice-ufrag:iKbw\r\n", ""), "sdp-no-ice", "ice-ufrag"},
      {changed(obs, "a=ice-pwd:lq8bY6v0Kzq4mRAX5m3n9z\r\n", ""), "sdp-no-ice", "ice-pwd"},
      {changed(obs, print, ""), "sdp-no-fingerprint", "a=fingerprint"},
      {changed(obs, "fingerprint:sha-256", "fingerprint:sha-x"), "sdp-fingerprint-hash", "SHA-256"},
      {changed(obs, "a=setup:actpass", "a=setup:passive"), "sdp-setup", "actpass"},
      {changed(obs, "t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n"), "sdp-ice-lite", "lite"},
      {changed(obs, "50832 UDP/TLS/RTP/SAVPF", "50832 RTP/AVP"), "sdp-protocol", "RTP/AVP"},
      {changed(obs, "H264/90000", "H265/90000"), "codec-unsupported", "H265"},
      {changed(obs, "42e01f", "6e001f"), "codec-unsupported", "6e001f"},
      {changed(obs, "opus/48000/2", "PCMA/8000"), "codec-unsupported", "opus"},
      {seed("chromium_play"), "sdp-no-media", "neither"},
      {obs.substr(0, obs.find("m=audio")), "sdp-no-media", "neither"},
      {changed(changed(obs, "m=audio 50832", "m=audio 0"), "m=video 50832", "m=video 0"),
       "sdp-no-media", ""},
  };
  for (const auto& bad : cases) {
    const auto answer = answer_ingest(parsed(bad.offer), our_transport());
    EXPECT_EQ(code_of(answer), bad.code) << bad.names;
    if (!answer)
      EXPECT_NE(answer.error().detail.find(bad.names), std::string::npos) << answer.error().detail;
  }
}

}  // namespace
}  // namespace geili::media::sdp
