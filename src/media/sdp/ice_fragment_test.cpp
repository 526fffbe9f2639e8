#include "media/sdp/ice_fragment.hpp"

#include <string>

#include <gtest/gtest.h>

#include "media/sdp/offers_fixture.hpp"

namespace geili::media::sdp {
namespace {

TEST(IceFragment, ReadsCandidatesThatCameLater) {
  const auto fragment = parse_ice_fragment(seed("trickle_fragment"));
  ASSERT_TRUE(fragment) << fragment.error().detail;
  EXPECT_EQ(fragment->credentials, (ice::Credentials{"EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"}));
  ASSERT_EQ(fragment->media.size(), 1U);
  EXPECT_EQ(fragment->media[0].mid, "0");
  EXPECT_TRUE(fragment->media[0].end_of_candidates);
  ASSERT_EQ(fragment->media[0].candidates.size(), 3U);
  EXPECT_EQ(fragment->media[0].candidates[1].host, "198.51.100.2");
}

TEST(IceFragment, ReadsARestart) {
  const auto fragment = parse_ice_fragment(seed("restart_fragment"));
  ASSERT_TRUE(fragment) << fragment.error().detail;
  EXPECT_EQ(fragment->credentials.ufrag, "ysXw");
  EXPECT_EQ(fragment->ice_options, (std::vector<std::string>{"trickle", "ice2"}));
}

TEST(IceFragment, WritesWhatItReads) {
  IceFragment fragment;
  fragment.credentials = {"ufrag", "pwdpwdpwdpwdpwdpwdpwdpwd"};
  fragment.ice_options = {"ice2"};
  FragmentMedia media{"video", "1", {}, true};
  media.candidates.push_back({"1", 1, Transport::udp, 7, "192.0.2.1", 5004});
  fragment.media.push_back(media);
  EXPECT_EQ(write(fragment),
            "a=ice-ufrag:ufrag\r\na=ice-pwd:pwdpwdpwdpwdpwdpwdpwdpwd\r\na=ice-options:ice2\r\n"
            "m=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:1\r\n"
            "a=candidate:1 1 udp 7 192.0.2.1 5004 typ host\r\na=end-of-candidates\r\n");
  EXPECT_EQ(parse_ice_fragment(write(fragment)), fragment);
  EXPECT_EQ(parse_ice_fragment("a=end-of-candidates\r\n")->end_of_candidates, true);
  EXPECT_EQ(parse_ice_fragment(""), IceFragment{});
}

TEST(IceFragment, RefusesBadInput) {
  const std::string medium = "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n";
  std::string many;
  for (std::size_t i = 0; i <= kMediaMax; ++i) many += medium;
  const struct {
    std::string text;
    const char* code;
  } cases[] = {
      {"a=ice-ufrag:ysXw\r\n", "sdp-ice"},
      {medium + "a=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\r\n", "sdp-ice"},
      {seed("restart_fragment") + "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n",
       "sdp-ice"},
      {"a=ice-ufrag:x\r\n", "sdp-attribute"},
      {medium + "a=candidate:1\r\n", "sdp-attribute"},
      {"m=audio\r\n", "sdp-media"},
      {"candidate:1\r\n", "sdp-line"},
      {many, "sdp-limit"},
      {std::string(kSdpBytesMax + 1, '\n'), "sdp-size"},
  };
  for (const auto& bad : cases) {
    const auto fragment = parse_ice_fragment(bad.text);
    ASSERT_FALSE(fragment) << bad.text.substr(0, 200);
    EXPECT_EQ(fragment.error().code, bad.code) << bad.text.substr(0, 200);
  }
}

}  // namespace
}  // namespace geili::media::sdp
