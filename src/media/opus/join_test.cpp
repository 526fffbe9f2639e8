#include "media/opus/join.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "media/libav.hpp"
#include "media/opus/packet.hpp"
#include "media/testing/clicks.hpp"

namespace geili::media::opus {
namespace {

// All samples of the left channel, by libavcodec.
std::vector<float> decode(const std::vector<Bytes>& packets) {
  AVCodecContext* context = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_OPUS));
  av_channel_layout_default(&context->ch_layout, 2);
  context->sample_rate = static_cast<int>(kSampleRateHz);
  AVPacket* packet = av_packet_alloc();
  AVFrame* frame = av_frame_alloc();
  std::vector<float> samples;
  EXPECT_EQ(avcodec_open2(context, nullptr, nullptr), 0);
  for (Bytes bytes : packets) {
    const std::size_t size = bytes.size();
    bytes.resize(size + AV_INPUT_BUFFER_PADDING_SIZE);
    packet->data = static_cast<std::uint8_t*>(static_cast<void*>(bytes.data()));
    packet->size = static_cast<int>(size);
    EXPECT_EQ(avcodec_send_packet(context, packet), 0);
    while (avcodec_receive_frame(context, frame) == 0) {
      const auto* left = static_cast<const float*>(static_cast<const void*>(frame->data[0]));
      samples.insert(samples.end(), left, left + frame->nb_samples);
    }
  }
  packet->data = nullptr;
  packet->size = 0;
  av_frame_free(&frame);
  av_packet_free(&packet);
  avcodec_free_context(&context);
  return samples;
}

TEST(OpusJoin, SoundsAsThePacketsAlone) {
  const auto units = testing::clicks(Codec::opus, kSampleRateHz, 2, 0, 2);
  std::vector<Bytes> alone;
  for (const UnitPtr& unit : units) alone.push_back(*unit->payload);
  const auto expected = decode(alone);
  for (const std::size_t count : {std::size_t{2}, std::size_t{3}}) {
    std::vector<Bytes> joined;
    for (std::size_t at = 0; at < alone.size(); at += count) {
      std::vector<ByteView> group;
      for (std::size_t i = at; i < std::min(at + count, alone.size()); ++i) {
        group.emplace_back(alone[i]);
      }
      const auto one = join(group);
      ASSERT_TRUE(one);
      EXPECT_EQ(*samples_of(*one), group.size() * *samples_of(group[0]));
      joined.push_back(*one);
    }
    EXPECT_EQ(decode(joined), expected) << count;
  }
}

TEST(OpusJoin, SaysTheSizesAsTheStandardDoes) {
  const auto joined = [](std::initializer_list<Bytes> packets) {
    const std::vector<ByteView> views(packets.begin(), packets.end());
    const auto one = join(views);
    return one ? to_hex(*one) : "none";
  };
  const auto packet = [](const char* hex) { return *from_hex(hex); };
  EXPECT_EQ(joined({packet("fcaa")}), "fcaa");
  EXPECT_EQ(joined({packet("fcaa"), packet("fcbb")}), "fdaabb");
  EXPECT_EQ(joined({packet("fcaabb"), packet("fccc")}), "fe02aabbcc");
  EXPECT_EQ(joined({packet("fc"), packet("fccc")}), "fe00cc");
  EXPECT_EQ(joined({packet("fcaa"), packet("fcbb"), packet("fccc")}), "ff03aabbcc");
  EXPECT_EQ(joined({packet("fcaa"), packet("fcbbbb"), packet("fccc")}), "ff830102aabbbbcc");
  for (const std::size_t size :
       {std::size_t{251}, std::size_t{252}, std::size_t{255}, std::size_t{1'275}}) {
    Bytes large(size + 1, std::byte{0x11});
    large[0] = std::byte{0xFC};
    const Bytes tail = packet("fc22");
    const std::vector<ByteView> views{large, tail};
    const auto one = join(views);
    ASSERT_TRUE(one);
    const auto first = std::to_integer<std::size_t>((*one)[1]);
    const std::size_t said =
        first < 252 ? first : first + 4 * std::to_integer<std::size_t>((*one)[2]);
    EXPECT_EQ(said, size);
    EXPECT_EQ(one->size(), 1 + (size < 252 ? 1 : 2) + size + 1);
  }
}

TEST(OpusJoin, RefusesWhatOnePacketCannotHold) {
  const Bytes mono = *from_hex("f8aa");
  const Bytes stereo = *from_hex("fcaa");
  const Bytes two_frames = *from_hex("fdaabb");
  const Bytes sixty_ms = *from_hex("1caa");
  const Bytes empty;
  const std::vector<std::vector<ByteView>> cases{
      {},
      {empty},
      {stereo, mono},
      {stereo, two_frames},
      {two_frames, two_frames},
      {sixty_ms, sixty_ms, sixty_ms},
      {stereo, empty},
      {stereo, stereo, stereo, stereo, stereo, stereo, stereo},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) EXPECT_FALSE(join(cases[i])) << i;
}

}  // namespace
}  // namespace geili::media::opus
