#include "media/stream.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/opus/packet.hpp"
#include "media/testing/clicks.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media {
namespace {

using testing::audio_config;
using testing::picture;
using testing::sound;
using testing::video_config;

class StreamTest : public ::testing::Test {
 protected:
  std::shared_ptr<Stream> make(StreamLimits limits = {}) {
    return std::make_shared<Stream>(ShowId{7}, clock_, limits);
  }
  // One second of 25 pictures a second and, with sound, of AAC at 48 kHz, from `source_us` on.
  void second(Publication& publication, std::int64_t source_us, bool with_sound = true) {
    double sound_at = static_cast<double>(source_us);
    for (int i = 0; i < 25; ++i) {
      const std::int64_t at = source_us + i * 40'000;
      publication.push(picture(video_, at, i == 0));
      for (; with_sound && sound_at < static_cast<double>(at + 40'000);
           sound_at += 1024e6 / 48'000) {
        publication.push(sound(audio_, static_cast<std::int64_t>(sound_at)));
      }
      clock_.advance(std::chrono::milliseconds(40));
    }
  }
  static std::vector<UnitPtr> units(Reader& reader, Track track) {
    std::vector<UnitPtr> found;
    while (auto item = reader.pop()) {
      const UnitPtr* unit = std::get_if<UnitPtr>(&*item);
      if (unit != nullptr && (*unit)->track == track) found.push_back(*unit);
    }
    return found;
  }

  ManualClock clock_;
  CodecConfigPtr video_ = video_config();
  CodecConfigPtr audio_ = audio_config();
};

TEST_F(StreamTest, BeginsAtAKeyFrameAndAtTheTimeOfDay) {
  const auto stream = make();
  const auto reader = stream->read(100, nullptr);
  const auto publication = stream->publish(nullptr);
  ASSERT_TRUE(publication);
  (*publication)->push(sound(audio_, 10'000));
  (*publication)->push(picture(video_, 20'000, false));
  (*publication)->push(picture(video_, 60'000, true));
  const auto item = reader->pop();
  ASSERT_TRUE(item);
  const auto& unit = *std::get<UnitPtr>(*item);
  EXPECT_TRUE(unit.keyframe);
  EXPECT_EQ(unit.dts_us, clock_.now().us);
  EXPECT_EQ(unit.captured, clock_.now());
  EXPECT_FALSE(reader->pop());
}

// Whoever ends streams that are away for long must not end one whose first camera was refused.
TEST_F(StreamTest, IsAwaySinceItWasMade) {
  const auto stream = make();
  EXPECT_EQ(stream->state(), StreamState::away);
  EXPECT_EQ(stream->since(), clock_.now());
}

TEST_F(StreamTest, RefusesASecondPublisherUnlessTheFirstIsSilent) {
  const auto stream = make({.takeover_silence_us = 2'000'000});
  int cut = 0;
  auto first = stream->publish([&cut] { ++cut; });
  ASSERT_TRUE(first);
  second(**first, 0);
  const auto refused = stream->publish(nullptr);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "already-live");
  EXPECT_EQ(cut, 0);

  clock_.advance(std::chrono::seconds(3));
  auto again = stream->publish(nullptr);
  ASSERT_TRUE(again);
  EXPECT_EQ(cut, 1);
  const std::uint64_t frames = stream->figures().frames;
  (*first)->push(picture(video_, 2'000'000, true));
  (*first)->end("disconnected");
  EXPECT_EQ(stream->figures().frames, frames);
  EXPECT_EQ(stream->state(), StreamState::live);
}

TEST_F(StreamTest, NextPublicationContinuesWithoutAHole) {
  const auto stream = make();
  const auto reader = stream->read(1'000, nullptr);
  {
    auto publication = stream->publish(nullptr);
    second(**publication, 500'000);
  }
  EXPECT_EQ(stream->state(), StreamState::away);
  clock_.advance(std::chrono::seconds(20));
  auto publication = stream->publish(nullptr);
  (*publication)->push(sound(audio_, 90'000'000));  // before its first key frame
  second(**publication, 90'000'000);
  const auto reader_copy = reader;
  std::vector<UnitPtr> video;
  std::vector<UnitPtr> audio;
  std::int64_t pause_us = 0;
  while (auto item = reader_copy->pop()) {
    if (const auto* pause = std::get_if<Pause>(&*item))
      pause_us = pause->end_us;
    else if (const auto& unit = std::get<UnitPtr>(*item); unit->track == Track::video)
      video.push_back(unit);
    else
      audio.push_back(unit);
  }
  ASSERT_EQ(video.size(), 50U);
  EXPECT_EQ(video[25]->dts_us, pause_us);
  EXPECT_NEAR(static_cast<double>(video[25]->dts_us - video[24]->dts_us), 40'000, 25'000);
  EXPECT_EQ(video[25]->publication, 2U);
  EXPECT_NEAR(static_cast<double>((video[25]->captured - video[24]->captured).count()), 20e6,
              100'000);
  for (std::size_t i = 1; i < audio.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(audio[i]->dts_us - audio[i - 1]->dts_us), 1024e6 / 48'000, 1);
  }
}

// What comes next, a slate or a camera, begins with both tracks at once.
TEST_F(StreamTest, SoundLastsAsLongAsThePictureWhereAPublisherGoes) {
  for (int pictures = 24; pictures < 32; ++pictures) {
    const auto stream = make();
    const auto reader = stream->read(1'000, nullptr);
    auto publication = std::move(*stream->publish(nullptr));
    publication->push(picture(video_, 0, true));
    const int frames = pictures * 40 * 48 / 1'024;
    for (int i = 0; i < frames; ++i) publication->push(sound(audio_, i * 1'024'000'000LL / 48'000));
    for (int i = 1; i < pictures; ++i) publication->push(picture(video_, i * 40'000, false));
    publication->end("disconnected");
    UnitPtr last_sound;
    std::optional<std::int64_t> pause_us;
    while (auto item = reader->pop()) {
      if (const auto* pause = std::get_if<Pause>(&*item))
        pause_us = pause->end_us;
      else if (const auto& unit = std::get<UnitPtr>(*item); unit->track == Track::audio)
        last_sound = unit;
    }
    ASSERT_TRUE(pause_us && last_sound);
    EXPECT_NEAR(static_cast<double>(*pause_us - last_sound->dts_us), 1024e6 / 48'000, 1)
        << pictures;
  }
}

TEST_F(StreamTest, LateReadersBeginWithTheGroupOfPictures) {
  const auto stream = make();
  auto publication = stream->publish(nullptr);
  second(**publication, 0);
  second(**publication, 1'000'000);
  const auto reader = stream->read(1'000, nullptr);
  const auto video = units(*reader, Track::video);
  ASSERT_EQ(video.size(), 25U);
  EXPECT_TRUE(video[0]->keyframe);

  const auto small = make({.group = {.units_max = 10}});
  auto other = small->publish(nullptr);
  second(**other, 0);
  EXPECT_TRUE(units(*small->read(100, nullptr), Track::video).empty());
}

TEST_F(StreamTest, TheLowerPictureGoesToThoseWhoWantItOnTheSameTimeline) {
  const auto stream = make();
  auto publication = stream->publish(nullptr);
  const auto plain = stream->read(1'000, nullptr);
  const auto both = stream->read(1'000, nullptr, {.low = LowPicture::if_sent});
  const auto low = [](std::int64_t dts_us, bool key) {
    SourceUnit unit = testing::picture(testing::other_video_config(), dts_us, key);
    unit.layer = Layer::low;
    return unit;
  };
  // Before the source has begun, and before its own key frame, it has no place.
  (*publication)->push(low(0, true));
  (*publication)->push(testing::picture(video_, 0, true));
  (*publication)->push(low(0, false));
  (*publication)->push(low(40'000, true));
  (*publication)->push(testing::picture(video_, 40'000, false));
  (*publication)->push(low(80'000, false));

  EXPECT_EQ(units(*plain, Track::video).size(), 2U);
  const auto pictures = units(*both, Track::video);
  ASSERT_EQ(pictures.size(), 4U);
  EXPECT_EQ(pictures[1]->layer, Layer::low);
  EXPECT_TRUE(pictures[1]->keyframe);
  EXPECT_EQ(pictures[1]->dts_us, pictures[2]->dts_us);
  EXPECT_EQ(pictures[3]->dts_us - pictures[0]->dts_us, 80'000);
  EXPECT_NE(pictures[1]->config, pictures[0]->config);
  EXPECT_EQ(stream->config(Track::video), pictures[0]->config);
  EXPECT_EQ(stream->figures().frames, 2U);
  // Who comes later begins with the groups of both.
  EXPECT_EQ(units(*stream->read(1'000, nullptr, {.low = LowPicture::if_sent}), Track::video).size(),
            4U);
}

TEST_F(StreamTest, SlowReadersLosePicturesUpToTheNextKeyFrame) {
  const auto stream = make();
  auto publication = stream->publish(nullptr);
  const auto reader = stream->read(10, nullptr);
  second(**publication, 0, false);
  EXPECT_GT(reader->dropped(), 10U);
  EXPECT_EQ(stream->units_dropped(), reader->dropped());
  units(*reader, Track::video);
  (*publication)->push(picture(video_, 1'000'000, false));
  EXPECT_FALSE(reader->pop());
  (*publication)->push(picture(video_, 1'040'000, true));
  EXPECT_TRUE(reader->pop());
}

TEST_F(StreamTest, FillsMissingSound) {
  const auto stream = make();
  const auto reader = stream->read(10'000, nullptr);
  auto publication = stream->publish(nullptr);
  second(**publication, 0);
  for (int i = 1; i < 5; ++i) second(**publication, i * 1'000'000, false);
  second(**publication, 5'000'000);
  const auto audio = units(*reader, Track::audio);
  for (std::size_t i = 1; i < audio.size(); ++i) {
    ASSERT_NEAR(static_cast<double>(audio[i]->dts_us - audio[i - 1]->dts_us), 1024e6 / 48'000, 1);
  }
  EXPECT_NEAR(static_cast<double>(audio.size()), 6 * 48'000 / 1024, 3);
  EXPECT_NEAR(static_cast<double>(stream->figures().silent_frames), 4 * 48'000 / 1024, 3);
  EXPECT_TRUE(stream->warnings().audio_gaps);
}

TEST_F(StreamTest, FillsMissingOpusWithItsOwnSilence) {
  audio_ = std::make_shared<const CodecConfig>(opus::describe(2, 960));
  const auto stream = make();
  const auto reader = stream->read(1'000, nullptr);
  const auto publication = stream->publish(nullptr);
  (*publication)->push(picture(video_, 0, true));
  (*publication)->push(sound(audio_, 0));
  (*publication)->push(sound(audio_, 400'000));
  const auto sounds = units(*reader, Track::audio);
  ASSERT_EQ(sounds.size(), 21U);
  for (std::size_t i = 1; i < 20; ++i) EXPECT_EQ(to_hex(*sounds[i]->payload), "fcfffe");
  // Longer packets are paced by their own length.
  (*publication)
      ->push(sound(std::make_shared<const CodecConfig>(opus::describe(2, 2'880)), 420'000));
  EXPECT_EQ(stream->config(Track::audio)->samples_per_frame, 2'880U);
}

TEST_F(StreamTest, WarnsTheSeller) {
  const auto stream = make();
  int changes = 0;
  stream->on_change([&changes] { ++changes; });
  auto publication = stream->publish(nullptr);
  (*publication)->push(picture(video_, 0, true, 80'000));
  EXPECT_TRUE(stream->warnings().b_frames);
  for (int i = 1; i < 130; ++i) (*publication)->push(picture(video_, i * 40'000, false));
  EXPECT_TRUE(stream->warnings().long_key_interval);
  EXPECT_TRUE(stream->warnings().no_audio);
  const int before = changes;
  (*publication)->push(picture(video_, 900'000'000, false));
  EXPECT_TRUE(stream->warnings().timestamps_jumped);
  EXPECT_GT(changes, before);
  EXPECT_EQ(stream->figures().timestamp_jumps, 1U);
}

TEST_F(StreamTest, BelievesInSoundWithoutPicturesAfterAWhile) {
  const auto stream = make();
  const auto reader = stream->read(1'000, nullptr);
  auto publication = stream->publish(nullptr);
  for (int i = 0; i < 150; ++i) (*publication)->push(sound(audio_, i * 21'333));
  const auto audio = units(*reader, Track::audio);
  EXPECT_NEAR(static_cast<double>(audio.size()), 56, 2);
}

TEST_F(StreamTest, CutsAPublisherThatSendsTooMuch) {
  const struct {
    StreamLimits limits;
    const char* reason;
  } cases[] = {{{.bytes_per_s_max = 50}, "bitrate-max"},
               {{.frames_per_s_max = 20}, "frame-rate-max"}};
  for (const auto& much : cases) {
    const auto stream = make(much.limits);
    int cut = 0;
    auto publication = stream->publish([&cut] { ++cut; });
    for (int i = 0; i < 4; ++i) second(**publication, i * 1'000'000);
    EXPECT_EQ(cut, 1);
    EXPECT_EQ(stream->state(), StreamState::away);
    EXPECT_EQ(stream->reason(), much.reason);
    EXPECT_TRUE(stream->publish(nullptr));
  }
}

// What a publisher of real sound sends: pictures at 25 a second with the sound in between.
void publish_sound(Publication& publication, const CodecConfigPtr& video,
                   const std::vector<UnitPtr>& sound) {
  std::int64_t pictures = 0;
  for (const UnitPtr& unit : sound) {
    for (; pictures * 40'000 <= unit->dts_us; ++pictures) {
      publication.push(picture(video, pictures * 40'000, pictures % 25 == 0));
    }
    publication.push({Track::audio, true, unit->dts_us, 0, unit->config, unit->payload});
  }
}

TEST_F(StreamTest, TranscodesSoundForReadersOfTheOtherCodecAlone) {
  for (const Codec source : {Codec::aac, Codec::opus}) {
    const Codec other = source == Codec::aac ? Codec::opus : Codec::aac;
    const auto stream = make();
    const auto as_sent = stream->read(1'000, nullptr);
    const auto wants_source = stream->read(1'000, nullptr, {.audio = source});
    const auto wants_other = stream->read(1'000, nullptr, {.audio = other});
    auto publication = stream->publish(nullptr);
    const Instant start = clock_.now();
    publish_sound(**publication, video_, testing::clicks(source, 48'000, 2, 0, 3));
    (*publication)->end("unpublished");

    const auto sent = units(*as_sent, Track::audio);
    EXPECT_EQ(units(*wants_source, Track::audio), sent);
    const auto made = units(*wants_other, Track::audio);
    ASSERT_FALSE(made.empty());
    for (const UnitPtr& unit : sent) EXPECT_EQ(unit->config->codec, source);
    for (const UnitPtr& unit : made) EXPECT_EQ(unit->config->codec, other);
    const auto heard = testing::click_times_us(made);
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_NEAR(static_cast<double>(heard[2] - start.us), 2.5e6, 10e3);
  }
}

TEST_F(StreamTest, ReadersOfTheOtherCodecShareOneTranscodeAndTheLateOnesGetItsSound) {
  const auto stream = make();
  auto publication = stream->publish(nullptr);
  auto sound = testing::clicks(Codec::aac, 48'000, 2, 0, 4);
  const auto split = sound.begin() + static_cast<std::ptrdiff_t>(sound.size() / 2 + 20);
  publish_sound(**publication, video_, {sound.begin(), split});
  const auto first = stream->read(1'000, nullptr, {.audio = Codec::opus});
  const auto second = stream->read(1'000, nullptr, {.audio = Codec::opus});
  const auto cached = units(*first, Track::audio);
  ASSERT_FALSE(cached.empty());
  EXPECT_EQ(units(*second, Track::audio), cached);
  for (auto at = split; at != sound.end(); ++at) {
    (*publication)->push({Track::audio, true, (*at)->dts_us, 0, (*at)->config, (*at)->payload});
  }
  const auto live = units(*first, Track::audio);
  ASSERT_FALSE(live.empty());
  EXPECT_EQ(units(*second, Track::audio), live);
  EXPECT_EQ(live.front()->dts_us - cached.back()->dts_us, 40'000);
}

// An hour as encoders stamp it: to the millisecond, with a sound clock that runs a little wrong.
TEST_F(StreamTest, SoundAndPictureStayTogetherForAnHour) {
  constexpr std::int64_t kHourUs = 3'600'000'000;
  constexpr double kSkewUsMax = 20e3;
  const struct {
    const char* sound_record;
    unsigned rate_hz;
    double wrong_ppm;
  } cases[] = {
      {"1190", 48'000, 0}, {"1210", 44'100, 0}, {"1190", 48'000, 120}, {"1210", 44'100, -120}};
  for (const auto& encoder : cases) {
    const auto stream = make();
    const auto reader = stream->read(100, nullptr);
    auto publication = stream->publish(nullptr);
    const auto config =
        std::make_shared<const CodecConfig>(*aac::describe(*from_hex(encoder.sound_record)));
    const double frame_us = 1024e6 / encoder.rate_hz * (1 + encoder.wrong_ppm / 1e6);
    const auto to_ms = [](double us) { return std::llround(us / 1e3) * 1'000; };
    const std::int64_t start_us = clock_.now().us;
    double sound_us = 0;
    double skew_us_max = 0;
    const auto watch = [&](double stamp_us) {
      // Silence that was put in comes before the frame itself.
      std::optional<StreamItem> newest;
      while (auto item = reader->pop()) newest = std::move(item);
      if (!newest) return;
      const auto at_us = static_cast<double>(std::get<UnitPtr>(*newest)->dts_us - start_us);
      skew_us_max = std::max(skew_us_max, std::abs(at_us - stamp_us));
    };
    for (std::int64_t i = 0; i * 40'000 < kHourUs; ++i) {
      const std::int64_t at_us = i * 40'000;
      (*publication)->push(picture(video_, at_us, i % 25 == 0));
      watch(static_cast<double>(at_us));
      for (; sound_us < static_cast<double>(at_us + 40'000); sound_us += frame_us) {
        (*publication)->push(sound(config, to_ms(sound_us)));
        watch(sound_us);
      }
      clock_.advance(std::chrono::milliseconds(40));
    }
    RecordProperty(std::to_string(encoder.rate_hz) + "_skew_us_max", std::to_string(skew_us_max));
    EXPECT_LE(skew_us_max, kSkewUsMax) << encoder.rate_hz << " " << encoder.wrong_ppm;
    EXPECT_EQ(stream->figures().timestamp_jumps, 0U);
  }
}

TEST_F(StreamTest, EndsForGood) {
  const auto stream = make();
  int cut = 0;
  auto publication = stream->publish([&cut] { ++cut; });
  const auto reader = stream->read(100, nullptr);
  stream->end();
  EXPECT_EQ(cut, 1);
  EXPECT_EQ(std::get<Pause>(*reader->pop()).state, StreamState::ended);
  const auto refused = stream->publish(nullptr);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "show-ended");
}

}  // namespace
}  // namespace geili::media
