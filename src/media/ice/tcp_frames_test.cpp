#include "media/ice/tcp_frames.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geili::media::ice {
namespace {

std::vector<std::string> drain(TcpFrameReader& reader) {
  std::vector<std::string> packets;
  while (true) {
    const auto packet = reader.next();
    EXPECT_TRUE(packet) << packet.error().code;
    if (!packet || !*packet) return packets;
    packets.emplace_back(as_text(**packet));
  }
}

TEST(TcpFrames, ComeOutWholeHoweverTheyArrive) {
  std::string stream;
  const std::vector<std::string> packets{"a", std::string(300, 'b'),
                                         std::string(kTcpFrameBytesMax, 'c')};
  for (const std::string& packet : packets) {
    append_tcp_frame(as_bytes(packet), stream);
    append_tcp_frame({}, stream);  // an empty one, which says nothing
  }
  for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{301}, stream.size()}) {
    TcpFrameReader reader;
    std::vector<std::string> got;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      reader.push(as_bytes(stream).subspan(at, std::min(step, stream.size() - at)));
      for (std::string& packet : drain(reader)) got.push_back(std::move(packet));
    }
    EXPECT_EQ(got, packets) << step;
  }
}

TEST(TcpFrames, RefusesAPacketTooLarge) {
  std::string stream;
  append_tcp_frame(as_bytes("first"), stream);
  append_tcp_frame(as_bytes(std::string(kTcpFrameBytesMax + 1, 'x')), stream);
  TcpFrameReader reader;
  reader.push(as_bytes(stream));
  ASSERT_TRUE(*reader.next());
  const auto packet = reader.next();
  ASSERT_FALSE(packet);
  EXPECT_EQ(packet.error().code, "tcp-frame-limit");
  EXPECT_FALSE(reader.next());
}

}  // namespace
}  // namespace geili::media::ice
