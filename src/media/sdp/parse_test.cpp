#include "media/sdp/parse.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "media/sdp/offers_fixture.hpp"
#include "media/sdp/write.hpp"

namespace geili::media::sdp {
namespace {

TEST(SdpParse, ReadsChromiumsSimulcastOffer) {
  const SessionDescription offer = offer_of("chromium_simulcast");
  EXPECT_EQ(offer.origin.session_id, 6'313'594'617'267'113'203U);
  EXPECT_EQ(offer.origin.version, 2U);
  ASSERT_NE(offer.bundle(), nullptr);
  EXPECT_EQ(*offer.bundle(), (std::vector<std::string>{"0", "1"}));
  EXPECT_TRUE(offer.extmap_allow_mixed);
  EXPECT_FALSE(offer.ice_lite);
  ASSERT_EQ(offer.media.size(), 2U);

  const Media& audio = offer.media[0];
  EXPECT_EQ(audio.kind, MediaKind::audio);
  EXPECT_EQ(audio.protocol, "UDP/TLS/RTP/SAVPF");
  EXPECT_EQ(audio.direction, Direction::sendonly);
  EXPECT_TRUE(audio.rtcp_mux && audio.rtcp_rsize);
  EXPECT_EQ(audio.candidates.size(), 4U);
  EXPECT_EQ(audio.transport.ice_ufrag, "UvJ+");
  EXPECT_EQ(audio.transport.setup, Setup::actpass);
  ASSERT_EQ(audio.transport.fingerprints.size(), 1U);
  EXPECT_EQ(audio.transport.fingerprints[0].hash, "sha-256");
  EXPECT_EQ(to_hex(ByteView(audio.transport.fingerprints[0].value).first(3)), "076ae7");
  const Payload* opus = audio.payload(111);
  ASSERT_NE(opus, nullptr);
  EXPECT_EQ(opus->encoding, "opus");
  EXPECT_EQ(opus->clock_hz, 48'000U);
  EXPECT_EQ(opus->channels, 2U);
  EXPECT_EQ(opus->parameter("useinbandfec"), "1");
  EXPECT_TRUE(opus->has_feedback("transport-cc"));
  EXPECT_EQ(audio.payload(0)->encoding, "PCMU");

  const Media& video = offer.media[1];
  EXPECT_EQ(video.payload(108)->parameter("profile-level-id"), "42e01f");
  EXPECT_EQ(video.payload(109)->parameter("apt"), "108");
  EXPECT_EQ(video.rids, (std::vector<Rid>{{"h", RidDirection::send}, {"l", RidDirection::send}}));
  ASSERT_TRUE(video.simulcast);
  EXPECT_EQ(video.simulcast->send, (std::vector<std::string>{"h", "l"}));
  ASSERT_EQ(video.msids.size(), 1U);
  EXPECT_EQ(video.msids[0].stream, "dd62f67a-cfcc-4f07-8e8e-ad21d22f0319");
}

TEST(SdpParse, ReadsSourcesAndTheirRetransmissions) {
  const Media video = offer_of("chromium_publish").media.at(1);
  EXPECT_EQ(video.ssrc_groups, (std::vector<SsrcGroup>{{"FID", {4'210'791'535, 2'224'358'263}}}));
  ASSERT_EQ(video.ssrcs.size(), 4U);
  EXPECT_EQ(video.ssrcs[0], (SsrcAttribute{4'210'791'535, "cname", "tXB4lOMmkZL8NDCV"}));
}

TEST(SdpParse, GivesTheSessionsTransportToItsMedia) {
  const SessionDescription offer = offer_of("obs_publish");
  for (const Media& media : offer.media) {
    EXPECT_EQ(media.transport.ice_ufrag, "iKbw");
    EXPECT_EQ(media.transport.setup, Setup::actpass);
    EXPECT_EQ(media.transport.fingerprints.size(), 1U);
  }
  EXPECT_TRUE(offer.media[0].end_of_candidates);
}

TEST(SdpParse, TellsBundledFromRejected) {
  const SessionDescription offer = offer_of("firefox_publish");
  EXPECT_EQ(offer.media.at(1).port, 0);
  EXPECT_FALSE(offer.media.at(1).is_rejected());
  EXPECT_EQ(offer.media[0].candidates.at(0).host, "6a1f3c0e-5f0b-4a5e-9d2a-0f2b1c3d4e5f.local");
}

TEST(SdpParse, WhatIsWrittenReadsTheSame) {
  for (const char* name :
       {"chromium_publish", "chromium_simulcast", "chromium_play", "firefox_publish",
        "firefox_play", "safari_publish", "safari_play", "obs_publish", "gstreamer_publish"}) {
    const SessionDescription offer = offer_of(name);
    const auto again = parse(write(offer));
    ASSERT_TRUE(again) << name << ": " << again.error().detail;
    EXPECT_EQ(*again, offer) << name;
  }
}

// A small description to change.
constexpr std::string_view kSmall =
    "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:0\r\na=rtpmap:96 VP8/90000\r\n";

std::string small_with(const std::string& lines) {
  return std::string(kSmall) + lines;
}

TEST(SdpParse, IsLenientWhereOthersAreSloppy) {
  const auto session = parse(
      "v=0\no=- 1 2 IN IP6 ::1\ns= \nb=AS:5000\nt=0 0\na=unheard-of:x\n\n"
      "m=video 9/2 UDP/TLS/RTP/SAVPF  96  97 \na=rtcp-fb:* nack\na=rtcp-fb:* nack\n"
      "a=fmtp:96  x = 1 ; y;; apt=2;\na=rtpmap:100 H264/90000\na=fmtp:100 x=1\na=rtcp-fb:100 nack\n"
      "a=simulcast: send a,b;~c recv d\na=candidate:1 1 sctp 1 192.0.2.1 1 typ host\n"
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
  ASSERT_TRUE(session) << session.error().detail;
  const Media& video = session->media.at(0);
  EXPECT_EQ(video.formats.size(), 2U);
  EXPECT_EQ(video.payload(97)->feedback, (std::vector<std::string>{"nack"}));
  EXPECT_EQ(video.payload(96)->parameters,
            (std::vector<Parameter>{{"x", " 1"}, {"y", ""}, {"apt", "2"}}));
  EXPECT_EQ(video.simulcast, (Simulcast{{"a", "c"}, {"d"}}));
  EXPECT_TRUE(video.candidates.empty());
  EXPECT_EQ(session->media.at(1).kind, MediaKind::other);
  EXPECT_TRUE(session->media[1].payloads.empty());
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

struct BadInput {
  std::string text;
  const char* code;
  std::int64_t line;
};

void expect_refused(const BadInput& bad) {
  const auto session = parse(bad.text);
  ASSERT_FALSE(session) << bad.text.substr(0, 300);
  EXPECT_EQ(session.error().code, bad.code) << bad.text.substr(0, 300);
  if (bad.line == 0) return;
  ASSERT_EQ(session.error().figures.size(), 1U) << bad.text.substr(0, 300);
  EXPECT_EQ(session.error().figures[0].second, bad.line) << bad.text.substr(0, 300);
  EXPECT_TRUE(session.error().detail.starts_with("Line ")) << session.error().detail;
}

TEST(SdpParse, RefusesBadLines) {
  const std::string small(kSmall);
  const BadInput cases[] = {
      {"", "sdp-order", 1},
      {"v=0\r\n", "sdp-order", 2},
      {"v=1\r\no=- 1 2 IN IP4 192.0.2.1\r\n", "sdp-order", 1},
      {"o=- 1 2 IN IP4 192.0.2.1\r\n", "sdp-order", 1},
      {changed(small, "s=-", "i=-"), "sdp-order", 3},
      {changed(small, "t=0 0\r\n", ""), "sdp-order", 5},
      {changed(small, "- 1 2", "- x 2"), "sdp-line", 2},
      {changed(small, "1 2 IN", "1 2 TN"), "sdp-line", 2},
      {changed(small, " 192.0.2.1", ""), "sdp-line", 2},
      {small_with("a\r\n"), "sdp-line", 9},
      {small_with("A=mid:0\r\n"), "sdp-line", 9},
      {small_with("nonsense\r\n"), "sdp-line", 9},
      {small_with(std::string("a=mid:\0\r\n", 9)), "sdp-line", 9},
      {small_with("a=x\rb=y\r\n"), "sdp-line", 9},
      {small_with("m=audio\r\n"), "sdp-media", 9},
      {small_with("m=audio 65536 RTP/AVP 0\r\n"), "sdp-media", 9},
      {small_with("m=audio 9 RTP/AVP\r\n"), "sdp-media", 9},
      {small_with("m=audio 9 RTP/AVP 128\r\n"), "sdp-media", 9},
      {small_with("m=audio 9 RTP/AVP opus\r\n"), "sdp-media", 9},
      {small_with("m=audio 9 RTP/AVP 96 96\r\n"), "sdp-media", 9},
  };
  for (const BadInput& bad : cases) expect_refused(bad);
}

TEST(SdpParse, RefusesBadAttributes) {
  const char* cases[] = {
      "a=ice-ufrag:abc",
      "a=ice-ufrag:ab d",
      "a=ice-pwd:short",
      "a=fingerprint:sha-256",
      "a=fingerprint:sha-256 AA:BB",
      "a=fingerprint:sha-256 zz",
      "a=fingerprint:x A",
      "a=setup:maybe",
      "a=mid:",
      "a=mid:a b",
      "a=rtpmap:96",
      "a=rtpmap:x VP8/90000",
      "a=rtpmap:96 VP8",
      "a=rtpmap:96 VP8/fast",
      "a=rtpmap:96 opus/48000/two",
      "a=fmtp:x apt=96",
      "a=fmtp:96 =1",
      "a=rtcp-fb:96",
      "a=rtcp-fb:x nack",
      "a=extmap:0 urn:x",
      "a=extmap:4352 urn:x",
      "a=extmap:1/up urn:x",
      "a=extmap:1",
      "a=rid:h",
      "a=rid:h up",
      "a=rid:~h send",
      "a=simulcast:",
      "a=simulcast:send",
      "a=simulcast:both h",
      "a=simulcast:send h send l",
      "a=simulcast:send ~~h",
      "a=msid:",
      "a=ssrc:x cname:y",
      "a=ssrc:4294967296 cname:y",
      "a=ssrc:1",
      "a=ssrc-group:FID x",
      "a=candidate:1 1 udp 1 192.0.2.1 70000 typ host",
  };
  for (const char* bad : cases)
    expect_refused({small_with(std::string(bad) + "\r\n"), "sdp-attribute", 9});
}

TEST(SdpParse, HasLimits) {
  std::string formats;
  for (int i = 0; i < 97; ++i) formats += " x";
  std::string parameters;
  for (int i = 0; i < 65; ++i) parameters += "x;";
  const std::string many[] = {
      "a=ice-options:" + repeated("o ", 65),    "a=fmtp:96 " + parameters,
      "a=ssrc-group:SIM" + repeated(" 1", 65),  "m=application 9 UDP/DTLS/SCTP" + formats,
      "a=x:" + std::string(kLineBytesMax, 'x'),
  };
  for (const std::string& bad : many) expect_refused({small_with(bad), "sdp-limit", 9});
  const std::string lists[] = {"a=extmap:1 urn:x\r\n",
                               "a=rid:h send\r\n",
                               "a=ssrc:1 cname:x\r\n",
                               "a=ssrc-group:FID 1\r\n",
                               "a=msid:a b\r\n",
                               "a=fingerprint:x AA\r\n",
                               "a=candidate:1 1 udp 1 192.0.2.1 7 typ host\r\n"};
  for (const std::string& line : lists) {
    EXPECT_TRUE(parse(small_with(repeated(line, kListMax)))) << line;
    expect_refused({small_with(repeated(line, kListMax + 1)), "sdp-limit", 9 + 64});
  }
  expect_refused({small_with(repeated("m=audio 9 RTP/AVP 0\r\n", kMediaMax)), "sdp-limit", 9 + 15});
  expect_refused({small_with(repeated("b=x\n", kLinesMax)), "sdp-limit", kLinesMax + 1});
  expect_refused({small_with(repeated("b=x\n", kSdpBytesMax / 4)), "sdp-size", 0});
}

}  // namespace
}  // namespace geili::media::sdp
