#include "media/rtp/packetizer.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/h264/nal.hpp"
#include "media/opus/packet.hpp"
#include "media/rtp/h264_depacketizer.hpp"
#include "media/rtp/opus_depacketizer.hpp"
#include "media/rtp/packet_store.hpp"
#include "media/rtp/vp8_depacketizer.hpp"
#include "media/testing/source_units.hpp"
#include "media/vp8/frame_header.hpp"

namespace geili::media::rtp {
namespace {

Unit unit_of(const CodecConfigPtr& config, Bytes payload, bool keyframe = false) {
  Unit unit;
  unit.track = config->sample_rate_hz == 0 ? Track::video : Track::audio;
  unit.keyframe = keyframe;
  unit.pts_us = unit.dts_us = 1'795'000'000'000'000;
  unit.config = config;
  unit.payload = std::make_shared<const Bytes>(std::move(payload));
  return unit;
}

// Length-prefixed NAL units of these sizes; slices that a depacketizer takes.
Bytes picture(std::initializer_list<std::size_t> sizes, bool key) {
  Bytes payload;
  for (const std::size_t size : sizes) {
    Bytes nal(size, std::byte{0x5A});
    nal[0] = key ? std::byte{0x65} : std::byte{0x41};
    nal[1] = std::byte{0xB8};
    h264::append_length_prefixed(payload, nal);
  }
  return payload;
}

std::string depacketized(Depacketizer& depacketizer, const PayloadList& payloads) {
  std::vector<SourceUnit> units;
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    EXPECT_TRUE(depacketizer.push({1, i + 1 == payloads.size(), 1, payloads[i]}, units));
  }
  return units.size() == 1 ? to_hex(*units[0].payload) : "";
}

TEST(Packetizer, LeavesRoomForWhatIsAround) {
  EXPECT_EQ(kPayloadBytesMax, 1'150U);
}

TEST(Packetizer, H264ComesBackAsItWas) {
  std::mt19937 random(7);
  H264Depacketizer depacketizer;
  const auto config = testing::video_config();
  for (const std::size_t payload_max : {std::size_t{64}, std::size_t{500}, kPayloadBytesMax}) {
    for (int i = 0; i < 200; ++i) {
      const bool key = i == 0 || random() % 4 == 0;
      const std::size_t a = 2 + random() % (4 * payload_max);
      const std::size_t b = 2 + random() % (4 * payload_max);
      const Unit unit = unit_of(config, picture({a, b}, key), key);
      const auto payloads = packetize(unit, payload_max);
      ASSERT_TRUE(payloads) << payloads.error().code;
      for (std::size_t p = 0; p < payloads->size(); ++p) {
        ASSERT_GE((*payloads)[p].size(), 2U);
        ASSERT_LE((*payloads)[p].size(), payload_max);
      }
      ASSERT_EQ(depacketized(depacketizer, *payloads), to_hex(*unit.payload)) << a << " " << b;
    }
  }
}

TEST(Packetizer, H264EdgesOfFragmentation) {
  const auto config = testing::video_config();
  const struct {
    std::size_t nal_bytes;
    std::vector<std::size_t> payload_bytes;
  } cases[] = {
      {100, {100}},        {101, {52, 52}},  // 50 each behind the header
      {197, {100, 100}},                     // 1 + 2 * 98
      {198, {68, 68, 67}}, {500, {86, 86, 86, 86, 86, 81}},
  };
  for (const auto& edge : cases) {
    const auto payloads = packetize(unit_of(config, picture({edge.nal_bytes}, false)), 100);
    ASSERT_TRUE(payloads);
    std::vector<std::size_t> sizes;
    for (std::size_t i = 0; i < payloads->size(); ++i) sizes.push_back((*payloads)[i].size());
    EXPECT_EQ(sizes, edge.payload_bytes) << edge.nal_bytes;
  }
}

TEST(Packetizer, FragmentsAreOfOneSizeWithTheirPadding) {
  const auto config = testing::video_config();
  for (std::size_t bytes = 1'151; bytes < 6'000; bytes += 7) {
    const auto payloads = packetize(unit_of(config, picture({bytes}, false)));
    ASSERT_TRUE(payloads);
    for (std::size_t i = 0; i < payloads->size(); ++i) {
      const ByteView whole = payloads->padded(i);
      ASSERT_EQ(whole.size(), payloads->padded(0).size()) << bytes;
      const std::size_t padding = whole.size() - (*payloads)[i].size();
      ASSERT_EQ(payloads->is_padded(i), padding > 0);
      if (padding > 0) ASSERT_EQ(std::to_integer<std::size_t>(whole.back()), padding);
    }
  }
  // Of so many fragments that the padding could not be said, the last is shorter.
  const EvenFragments many = even_fragments(10'001 * std::size_t{1'000} - 300, 1'000);
  EXPECT_EQ(many.padding, 0);
}

TEST(Packetizer, PutsParameterSetsBeforeEveryKeyFrame) {
  const std::string sets = "00176742c00dda05067e7c0440000003004000000f03c50aa8000468ce0fc8";
  const auto large = packetize(unit_of(testing::video_config(), picture({1'150}, true), true));
  ASSERT_TRUE(large);
  ASSERT_EQ(large->size(), 2U);
  EXPECT_EQ(to_hex((*large)[0]), "78" + sets);
  // What is small enough goes along.
  const auto small = packetize(unit_of(testing::video_config(), picture({4}, true), true));
  ASSERT_TRUE(small);
  ASSERT_EQ(small->size(), 1U);
  EXPECT_EQ(to_hex((*small)[0]), "78" + sets + "000465b85a5a");
}

TEST(Packetizer, AggregatesAreAsImportantAsTheirMostImportantUnit) {
  Bytes payload;
  h264::append_length_prefixed(payload, *from_hex("0601ff80"));  // SEI, of no importance
  h264::append_length_prefixed(payload, *from_hex("41b85a"));
  const auto payloads = packetize(unit_of(testing::video_config(), payload));
  ASSERT_TRUE(payloads);
  ASSERT_EQ(payloads->size(), 1U);
  EXPECT_EQ(to_hex((*payloads)[0]), "5800040601ff80000341b85a");
}

TEST(Packetizer, Vp8AndOpusComeBackAsTheyWere) {
  Bytes frame(5'000, std::byte{0x33});
  const Bytes head = *from_hex("0200009d012a40010f00");
  std::ranges::copy(head, frame.begin());
  const auto vp8 =
      std::make_shared<const CodecConfig>(vp8::describe(*vp8::parse_frame_header(frame)));
  Vp8Depacketizer video;
  const auto payloads = packetize(unit_of(vp8, frame, true));
  ASSERT_TRUE(payloads);
  EXPECT_EQ(payloads->size(), 5U);
  EXPECT_EQ((*payloads)[0].size(), (*payloads)[3].size());
  EXPECT_EQ(depacketized(video, *payloads), to_hex(frame));

  const auto opus = std::make_shared<const CodecConfig>(opus::describe(2, 960));
  OpusDepacketizer audio;
  EXPECT_EQ(depacketized(audio, *packetize(unit_of(opus, *from_hex("fcfffe")))), "fcfffe");
}

TEST(Packetizer, RefusesWhatItCannotSend) {
  const auto video = testing::video_config();
  const auto opus = std::make_shared<const CodecConfig>(opus::describe(2, 960));
  const struct {
    Unit unit;
    const char* code;
  } cases[] = {
      {unit_of(testing::audio_config(), *from_hex("2100")), "codec-not-in-rtp"},
      {unit_of(video, {}), "unit-empty"},
      {unit_of(video, *from_hex("00000000")), "unit-empty"},
      {unit_of(video, *from_hex("0000000541")), "nal-length"},
      {unit_of(video, Bytes(kPacketsPerUnitMax * kPayloadBytesMax)), "unit-packets"},
      {unit_of(opus, Bytes(kPayloadBytesMax + 1)), "opus-packet-size"},
  };
  for (const auto& bad : cases) {
    const auto payloads = packetize(bad.unit);
    EXPECT_EQ(payloads ? "" : payloads.error().code, bad.code);
  }
}

class PacketStoreTest : public ::testing::Test {
 protected:
  SharedPacketsPtr add(bool key, std::size_t bytes = 3'000) {
    Unit unit = unit_of(config_, picture({bytes}, key), key);
    unit.pts_us += us_;
    const auto added = store_.add(unit, {unit.pts_us});
    EXPECT_TRUE(added);
    us_ += 40'000;
    return *added;
  }
  CodecConfigPtr config_ = testing::video_config();
  std::int64_t us_ = 0;
  PacketStore store_{90'000, 65'530, 0xFFFFFF00, PacketStoreLimits{.packets_max = 400}};
};

TEST_F(PacketStoreTest, NumbersAndFinds) {
  const auto first = add(true);
  const auto second = add(false);
  ASSERT_EQ(first->payloads.size(), 4U);
  EXPECT_EQ(second->first_sequence, 65'534);
  EXPECT_EQ(second->timestamp, first->timestamp + 3'600);
  EXPECT_FALSE(first->header(2).marker);
  EXPECT_TRUE(first->header(3).marker);
  EXPECT_EQ(store_.timestamp_of(1'795'000'000'040'000), second->timestamp);
  for (std::int64_t sequence = 65'530; sequence < 65'537; ++sequence) {
    const auto wire = static_cast<std::uint16_t>(sequence);
    const auto found = store_.find(wire);
    ASSERT_TRUE(found) << sequence;
    EXPECT_EQ(found->header().sequence, wire);
    EXPECT_EQ(found->packets, sequence < 65'534 ? first : second);
  }
  EXPECT_FALSE(store_.find(65'529));
  EXPECT_FALSE(store_.find(1));
}

TEST_F(PacketStoreTest, KeepsTwoSecondsAndTheGroupOfPictures) {
  add(true);
  for (int i = 0; i < 75; ++i) add(false);
  EXPECT_EQ(store_.units(), 76U);
  EXPECT_EQ(store_.since_key().size(), 76U);
  EXPECT_TRUE(store_.find(65'530));
  const auto key = add(true);
  EXPECT_EQ(store_.units(), 51U);
  EXPECT_FALSE(store_.find(65'530));
  ASSERT_EQ(store_.since_key().size(), 1U);
  EXPECT_EQ(store_.since_key()[0], key);
}

TEST_F(PacketStoreTest, KeepsItsLimit) {
  add(true, 100'000);
  for (int i = 0; i < 20; ++i) add(false, 20'000);
  EXPECT_LE(store_.units(), 22U);
  EXPECT_TRUE(store_.since_key().empty());
}

}  // namespace
}  // namespace geili::media::rtp
