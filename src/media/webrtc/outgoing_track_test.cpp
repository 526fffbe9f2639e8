#include "media/webrtc/outgoing_track.hpp"

#include <gtest/gtest.h>

namespace geili::media::webrtc {
namespace {

constexpr std::uint32_t kSsrc = 11;
constexpr std::uint32_t kRtxSsrc = 12;

rtp::SharedPackets packets_of(std::int64_t first_sequence, std::uint32_t timestamp,
                              std::size_t count) {
  rtp::SharedPackets packets;
  packets.first_sequence = first_sequence;
  packets.timestamp = timestamp;
  packets.is_video = true;
  const Bytes payload(10, std::byte{1});
  for (std::size_t i = 0; i < count; ++i) packets.payloads.add({payload});
  return packets;
}

class OutgoingTrackTest : public ::testing::Test {
 protected:
  static sdp::Codec codec() {
    sdp::Codec codec;
    codec.payload_type = 102;
    codec.rtx_payload_type = 103;
    return codec;
  }
  // The sequence numbers and times that go out.
  std::vector<std::pair<std::uint16_t, std::uint32_t>> send(const rtp::SharedPackets& packets) {
    std::vector<std::pair<std::uint16_t, std::uint32_t>> out;
    for (std::size_t i = 0; i < packets.payloads.size(); ++i) {
      const rtp::HeaderFields header = track_.header(packets, i);
      EXPECT_EQ(header.ssrc, kSsrc);
      EXPECT_EQ(header.payload_type, 102);
      EXPECT_EQ(header.sequence, static_cast<std::uint16_t>(track_.index_of(packets, i)));
      out.emplace_back(header.sequence, header.timestamp);
    }
    track_.sent(packets);
    return out;
  }
  OutgoingTrack track_{codec(), kSsrc, kRtxSsrc};
};

TEST_F(OutgoingTrackTest, NumbersGoOnOverAChangeOfTheLayer) {
  const auto source = packets_of(70'000, 90'000, 3);
  ASSERT_TRUE(track_.go_on_with(Layer::source, source));
  const auto first = send(source);
  const auto low = packets_of(5, 93'000, 2);
  ASSERT_TRUE(track_.go_on_with(Layer::low, low));
  EXPECT_EQ(track_.layer(), Layer::low);
  const auto second = send(low);
  const auto third = send(packets_of(7, 96'000, 1));
  EXPECT_EQ(second[0].first, static_cast<std::uint16_t>(first[2].first + 1));
  EXPECT_EQ(third[0].first, static_cast<std::uint16_t>(first[0].first + 5));
  EXPECT_EQ(second[1].second, 93'000U);
  EXPECT_EQ(track_.packets_sent(), 6U);
}

TEST_F(OutgoingTrackTest, TimeNeverGoesBackWithTheOtherLayer) {
  const auto source = packets_of(100, 90'000, 1);
  ASSERT_TRUE(track_.go_on_with(Layer::source, source));
  send(source);
  // The same picture of the other layer, and its next.
  const auto same = packets_of(5, 90'000, 1);
  ASSERT_TRUE(track_.go_on_with(Layer::low, same));
  EXPECT_EQ(send(same)[0].second, 90'001U);
  EXPECT_EQ(send(packets_of(6, 93'000, 1))[0].second, 93'001U);
  // Too old to be shown behind what was.
  EXPECT_FALSE(track_.go_on_with(Layer::source, packets_of(101, 50'000, 1)));
  EXPECT_EQ(track_.layer(), Layer::low);
}

TEST_F(OutgoingTrackTest, FindsWhatANumberStoodForAlsoBeforeTheChange) {
  const auto source = packets_of(70'000, 90'000, 3);
  ASSERT_TRUE(track_.go_on_with(Layer::source, source));
  const auto first = send(source);
  const auto low = packets_of(5, 93'000, 2);
  ASSERT_TRUE(track_.go_on_with(Layer::low, low));
  const auto second = send(low);
  const auto before = track_.find(first[1].first);
  ASSERT_TRUE(before);
  EXPECT_EQ(before->layer, Layer::source);
  EXPECT_EQ(before->shared_sequence, static_cast<std::uint16_t>(70'001));
  const auto after = track_.find(second[1].first);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->layer, Layer::low);
  EXPECT_EQ(after->shared_sequence, 6);
  // What was sent before this viewer came is not its own.
  EXPECT_FALSE(track_.find(static_cast<std::uint16_t>(first[0].first - 1)));
}

TEST_F(OutgoingTrackTest, RetransmissionsHaveNumbersOfTheirOwnAndTheTimeThatWasSent) {
  const auto source = packets_of(100, 90'000, 1);
  ASSERT_TRUE(track_.go_on_with(Layer::source, source));
  send(source);
  const auto low = std::make_shared<const rtp::SharedPackets>(packets_of(5, 90'000, 2));
  ASSERT_TRUE(track_.go_on_with(Layer::low, *low));
  const auto sent = send(*low);
  const auto again = track_.retransmit({low, 1}, sent[1].first);
  const auto once_more = track_.retransmit({low, 1}, sent[1].first);
  ASSERT_TRUE(again && once_more);
  EXPECT_EQ(again->header.ssrc, kRtxSsrc);
  EXPECT_EQ(again->header.payload_type, 103);
  EXPECT_EQ(again->header.timestamp, sent[1].second);
  EXPECT_EQ(once_more->index, again->index + 1);
}

TEST_F(OutgoingTrackTest, WithoutAStreamForThemOnlySoundIsSentAgainAsItWas) {
  OutgoingTrack without(codec(), kSsrc, 0);
  auto sound = packets_of(100, 960, 1);
  sound.is_video = false;
  ASSERT_TRUE(without.go_on_with(Layer::source, sound));
  const rtp::HeaderFields sent = without.header(sound, 0);
  const std::uint64_t index = without.index_of(sound, 0);
  without.sent(sound);
  const auto shared = std::make_shared<const rtp::SharedPackets>(sound);
  const auto again = without.retransmit({shared, 0}, sent.sequence);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_same);
  EXPECT_EQ(again->index, index);
  EXPECT_EQ(again->header.sequence, sent.sequence);
  EXPECT_EQ(again->header.timestamp, sent.timestamp);
  EXPECT_EQ(again->header.ssrc, kSsrc);
  sound.is_video = true;
  const auto picture = std::make_shared<const rtp::SharedPackets>(sound);
  EXPECT_FALSE(without.retransmit({picture, 0}, sent.sequence));
}

}  // namespace
}  // namespace geili::media::webrtc
