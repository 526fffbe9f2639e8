#include <string>

#include <gtest/gtest.h>

#include "media/sdp/negotiate.hpp"
#include "media/sdp/negotiate_fixture.hpp"
#include "media/sdp/write.hpp"

namespace geili::media::sdp {
namespace {

Sending sending(std::uint8_t profile, std::uint8_t constraints, std::uint8_t level = 31) {
  Sending what;
  what.cname = "geili";
  what.stream_id = "show";
  what.video = SendingVideo{.ssrc = 1'001, .rtx_ssrc = 1'002};
  what.video->h264.profile = profile;
  what.video->h264.constraints = constraints;
  what.video->h264.level = level;
  what.audio = SendingAudio{.ssrc = 1'003};
  return what;
}

constexpr std::uint8_t kBaseline = 0x42;
constexpr std::uint8_t kMain = 0x4D;
constexpr std::uint8_t kHigh = 0x64;

const NegotiatedMedia& medium(const Answer& answer, MediaKind kind) {
  return answer.media.at(answer.media.at(0).kind == kind ? 0 : 1);
}

TEST(AnswerPlayback, ChoosesThePayloadWhoseProfileCoversTheStream) {
  const struct {
    const char* name;
    std::uint8_t profile;
    std::uint8_t constraints;
    int payload_type;  // -1: none fits
  } cases[] = {
      {"chromium_play", kBaseline, 0xC0, 108}, {"chromium_play", kBaseline, 0xE0, 108},
      {"chromium_play", kBaseline, 0x00, 102}, {"chromium_play", kMain, 0x40, 116},
      {"firefox_play", kBaseline, 0xC0, 126},  {"firefox_play", kBaseline, 0x00, 105},
      {"firefox_play", kMain, 0x40, -1},       {"firefox_play", kMain, 0x80, 126},
      {"safari_play", kBaseline, 0xC0, 98},    {"safari_play", kBaseline, 0x00, 98},
      {"safari_play", kMain, 0x00, 96},        {"safari_play", kHigh, 0x00, 96},
      {"safari_play", 0x6E, 0x00, -1},         {"firefox_play", kHigh, 0x00, -1},
  };
  for (const auto& c : cases) {
    const auto answer =
        answer_playback(offer_of(c.name), our_transport(), sending(c.profile, c.constraints));
    const std::string what =
        std::string(c.name) + " " + std::to_string(c.profile) + "/" + std::to_string(c.constraints);
    if (c.payload_type < 0) {
      EXPECT_EQ(code_of(answer), "codec-unsupported") << what;
      continue;
    }
    ASSERT_TRUE(answer) << what << ": " << answer.error().detail;
    const NegotiatedMedia& video = medium(*answer, MediaKind::video);
    ASSERT_EQ(video.codecs.size(), 1U) << what;
    EXPECT_EQ(video.codecs[0].payload_type, c.payload_type) << what;
    EXPECT_EQ(parse(write(answer->description)), answer->description) << what;
  }
}

TEST(AnswerPlayback, NeedsFragments) {
  std::string offer = seed("firefox_play");
  offer = changed(offer, ";packetization-mode=1", "");
  offer = changed(offer, ";packetization-mode=1", "");
  EXPECT_EQ(code_of(answer_playback(parsed(offer), our_transport(), sending(kBaseline, 0xC0))),
            "codec-unsupported");
}

TEST(AnswerPlayback, NamesItsOwnLevelWhereItMay) {
  const auto free_level =
      answer_playback(offer_of("chromium_play"), our_transport(), sending(kBaseline, 0xC0, 40));
  ASSERT_TRUE(free_level);
  EXPECT_EQ(medium(*free_level, MediaKind::video).codecs[0].profile_level_id, "42e028");

  std::string fixed =
      changed(seed("chromium_play"),
              "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
              "packetization-mode=1;profile-level-id=42e01f");
  const auto same_level =
      answer_playback(parsed(fixed), our_transport(), sending(kBaseline, 0xC0, 40));
  ASSERT_TRUE(same_level);
  EXPECT_EQ(medium(*same_level, MediaKind::video).codecs[0].profile_level_id, "42e01f");
  EXPECT_FALSE(write(same_level->description).contains("level-asymmetry"));
}

TEST(AnswerPlayback, SaysWhatIsSent) {
  const auto answer =
      answer_playback(offer_of("chromium_play"), our_transport(), sending(kBaseline, 0xC0));
  ASSERT_TRUE(answer);
  const Media& video = answer->description.media.at(0);
  EXPECT_EQ(video.direction, Direction::sendonly);
  EXPECT_EQ(video.transport.setup, Setup::passive);
  EXPECT_EQ(video.msids, (std::vector<Msid>{{"show", "video"}}));
  EXPECT_EQ(video.ssrc_groups, (std::vector<SsrcGroup>{{"FID", {1'001, 1'002}}}));
  EXPECT_EQ(video.ssrcs,
            (std::vector<SsrcAttribute>{{1'001, "cname", "geili"}, {1'002, "cname", "geili"}}));
  EXPECT_EQ(video.extensions.size(), 1U);
  EXPECT_EQ(answer->media[0].extensions.abs_send_time, 2U);
  EXPECT_EQ(answer->media[0].codecs[0].rtx_payload_type, 109);
  EXPECT_TRUE(answer->description.ice_lite);

  const Media& audio = answer->description.media.at(1);
  EXPECT_EQ(audio.payloads.at(0).parameter("sprop-stereo"), "1");
  EXPECT_TRUE(audio.ssrc_groups.empty());
  EXPECT_EQ(audio.ssrcs.size(), 1U);
}

TEST(AnswerPlayback, WithoutRtxThereIsNoSecondSource) {
  std::string offer = seed("chromium_play");
  offer = changed(offer, "apt=108", "apt=7");
  const auto answer = answer_playback(parsed(offer), our_transport(), sending(kBaseline, 0xC0));
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->media[0].codecs[0].rtx_payload_type);
  EXPECT_TRUE(answer->description.media[0].ssrc_groups.empty());
  EXPECT_EQ(answer->description.media[0].ssrcs.size(), 1U);
}

TEST(AnswerPlayback, SendsVp8AsItIs) {
  Sending vp8 = sending(0, 0);
  vp8.video->codec = RtpCodec::vp8;
  const auto answer = answer_playback(offer_of("chromium_play"), our_transport(), vp8);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->media[0].codecs[0].payload_type, 96);
  EXPECT_EQ(
      code_of(answer_playback(parsed(changed(seed("chromium_play"), "VP8/90000", "VPX/90000")),
                              our_transport(), vp8)),
      "codec-unsupported");
}

TEST(AnswerPlayback, DeclinesWhatIsNotSent) {
  Sending silent = sending(kBaseline, 0xC0);
  silent.audio.reset();
  const auto video_only = answer_playback(offer_of("chromium_play"), our_transport(), silent);
  ASSERT_TRUE(video_only);
  EXPECT_FALSE(video_only->media.at(1).accepted);
  EXPECT_EQ(video_only->description.media[1].port, 0);
  EXPECT_EQ(*video_only->description.bundle(), (std::vector<std::string>{"0"}));

  // The bundle's first medium is the declined one: its transport still counts, ours is in the
  // other.
  Sending sound = sending(kBaseline, 0xC0);
  sound.video.reset();
  const auto audio_only = answer_playback(offer_of("chromium_play"), our_transport(), sound);
  ASSERT_TRUE(audio_only);
  EXPECT_EQ(audio_only->remote.ice.ufrag, "JsEk");
  EXPECT_FALSE(audio_only->description.media[1].candidates.empty());

  EXPECT_EQ(code_of(answer_playback(offer_of("chromium_play"), our_transport(), Sending{})),
            "sdp-no-media");
  EXPECT_EQ(code_of(answer_playback(offer_of("chromium_publish"), our_transport(),
                                    sending(kBaseline, 0xC0))),
            "sdp-no-media");
}

}  // namespace
}  // namespace geili::media::sdp
