#include "media/opus/packet.hpp"

#include <gtest/gtest.h>

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace geili::media::opus {
namespace {

TEST(OpusPacket, TellsHowLongItLasts) {
  const struct {
    const char* hex;
    int samples;  // -1: not a packet
  } cases[] = {
      {"", -1},          {"00aa", 480}, {"08aa", 960},       {"10aa", 1'920}, {"18aa", 2'880},
      {"60aa", 480},     {"68aa", 960}, {"80aa", 120},       {"f8aa", 960},   {"fc", 960},
      {"f9aabb", 1'920}, {"f9aa", -1},  {"fa01aabb", 1'920}, {"fa", -1},      {"fb", -1},
      {"fb06", 5'760},   {"fb07", -1},  {"fb00", -1},        {"1b03", -1},    {"1b02", 5'760},
  };
  for (const auto& one : cases) {
    const auto samples = samples_of(*from_hex(one.hex));
    EXPECT_EQ(samples ? static_cast<int>(*samples) : -1, one.samples) << one.hex;
  }
}

TEST(OpusPacket, DescribesItselfAsTheStandardSays) {
  const CodecConfig config = describe(2, 960);
  EXPECT_EQ(to_hex(config.record), "4f707573486561640102000080bb0000000000");
}

// Decodes one packet and returns its samples; -1 when it is not silent or cannot be decoded.
int decode_silence(const Bytes& bytes, int channels) {
  AVCodecContext* context = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_OPUS));
  av_channel_layout_default(&context->ch_layout, channels);
  context->sample_rate = static_cast<int>(kSampleRateHz);
  AVPacket* packet = av_packet_alloc();
  AVFrame* frame = av_frame_alloc();
  int samples = -1;
  Bytes padded = bytes;
  padded.resize(bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE);
  packet->data = static_cast<std::uint8_t*>(static_cast<void*>(padded.data()));
  packet->size = static_cast<int>(bytes.size());
  if (avcodec_open2(context, nullptr, nullptr) == 0 && avcodec_send_packet(context, packet) == 0 &&
      avcodec_receive_frame(context, frame) == 0) {
    samples = frame->nb_samples;
    const auto* plane = static_cast<const float*>(static_cast<const void*>(frame->data[0]));
    for (int i = 0; i < frame->nb_samples; ++i) {
      if (plane[i] > 1e-4F || plane[i] < -1e-4F) samples = -1;
    }
  }
  av_frame_free(&frame);
  av_packet_free(&packet);
  avcodec_free_context(&context);
  return samples;
}

TEST(OpusPacket, SilenceIsSilent) {
  for (const unsigned channels : {1U, 2U}) {
    for (const unsigned samples : {120U, 240U, 480U, 960U, 1'920U, 2'880U, 3'840U, 5'760U}) {
      const auto packet = silent_packet(channels, samples);
      ASSERT_TRUE(packet) << samples;
      EXPECT_EQ(samples_of(*packet), samples);
      EXPECT_EQ(decode_silence(*packet, static_cast<int>(channels)), static_cast<int>(samples));
    }
  }
  for (const unsigned samples : {0U, 100U, 1'024U, 1'440U, 6'720U}) {
    EXPECT_FALSE(silent_packet(2, samples)) << samples;
  }
}

}  // namespace
}  // namespace geili::media::opus
