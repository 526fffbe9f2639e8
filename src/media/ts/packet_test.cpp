#include "media/ts/packet.hpp"

#include <string>

#include <gtest/gtest.h>

#include "media/ts/packet_framer.hpp"
#include "media/ts/ts_fixture.hpp"

namespace geili::media::ts {
namespace {

// A packet with that beginning, filled up with 0xAB.
Bytes packet_of(std::string_view head) {
  Bytes bytes = fixture::hex(head);
  bytes.resize(kPacketBytes, std::byte{0xAB});
  return bytes;
}

TEST(TsPacket, ReadsItsHead) {
  const Bytes bytes = packet_of(
      "47410036"
      "0240ff");
  const auto packet = parse_packet(bytes);
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->pid, 0x100U);
  EXPECT_TRUE(packet->unit_start);
  EXPECT_TRUE(packet->random_access);
  EXPECT_FALSE(packet->discontinuity);
  EXPECT_FALSE(packet->scrambled);
  EXPECT_EQ(packet->continuity, 6);
  EXPECT_EQ(packet->payload.size(), kPacketBytes - 7);
}

TEST(TsPacket, ReadsOneWithoutAdaptationAndOneWithoutPayload) {
  const Bytes plain = packet_of("471fffd0");
  EXPECT_EQ(parse_packet(plain)->payload.size(), kPacketBytes - 4);
  EXPECT_TRUE(parse_packet(plain)->scrambled);
  const Bytes clock = packet_of("47010020b780");
  EXPECT_FALSE(parse_packet(clock)->has_payload);
  EXPECT_TRUE(parse_packet(clock)->discontinuity);
}

TEST(TsPacket, RefusesBadInput) {
  struct Row {
    const char* name;
    Bytes bytes;
  };
  const Row rows[] = {
      {"empty", {}},
      {"one byte short", Bytes(kPacketBytes - 1, std::byte{0x47})},
      {"no sync byte", packet_of("48010010")},
      {"marked as damaged", packet_of("47810010")},
      {"neither adaptation nor payload", packet_of("47010000")},
      {"an adaptation field beyond the end", packet_of("47010020b8")},
      {"an adaptation field that leaves no payload", packet_of("47010030b7")},
  };
  for (const Row& row : rows) {
    const auto packet = parse_packet(row.bytes);
    ASSERT_FALSE(packet) << row.name;
    EXPECT_EQ(packet.error().code, "ts-packet") << row.name;
  }
}

TEST(Continuity, TellsGapsAndRepeats) {
  Continuity continuity;
  const auto take = [&](unsigned counter, bool has_payload = true, bool discontinuity = false) {
    Packet packet;
    packet.continuity = static_cast<std::uint8_t>(counter);
    packet.has_payload = has_payload;
    packet.discontinuity = discontinuity;
    return continuity.take(packet);
  };
  EXPECT_EQ(take(14), Follows::next);
  EXPECT_EQ(take(15), Follows::next);
  EXPECT_EQ(take(15, false), Follows::next);
  EXPECT_EQ(take(0), Follows::next);
  EXPECT_EQ(take(0), Follows::again);
  EXPECT_EQ(take(0), Follows::gap);  // nothing is sent three times
  EXPECT_EQ(take(2), Follows::gap);
  EXPECT_EQ(take(3), Follows::next);
  EXPECT_EQ(take(9, true, true), Follows::next);
  continuity.forget();
  EXPECT_EQ(take(1), Follows::next);
}

// Three packets with the PIDs 1, 2, 3.
Bytes three_packets() {
  Bytes bytes;
  for (const char* head : {"47000110", "47000210", "47000310"}) {
    const Bytes packet = packet_of(head);
    bytes.insert(bytes.end(), packet.begin(), packet.end());
  }
  return bytes;
}

// The PIDs of what the framer finds, which gets `step` bytes at a time.
std::string pids_in(ByteView bytes, std::size_t step) {
  PacketFramer framer;
  std::string pids;
  while (!bytes.empty()) {
    const std::size_t count = std::min(step, bytes.size());
    framer.append(bytes.first(count));
    bytes = bytes.subspan(count);
    while (const auto packet = framer.next()) pids += std::to_string(parse_packet(*packet)->pid);
  }
  return pids;
}

TEST(PacketFramer, FindsPacketsHoweverTheyAreCut) {
  const Bytes bytes = three_packets();
  for (const std::size_t step : {1U, 7U, 187U, 188U, 189U, 564U}) {
    EXPECT_EQ(pids_in(bytes, step), "123") << step;
  }
}

TEST(PacketFramer, PassesOverWhatIsNoPacket) {
  const Bytes packets = three_packets();
  // A sync byte that no other follows begins no packet.
  Bytes dirty = fixture::hex("0011475566");
  dirty.insert(dirty.end(), packets.begin(), packets.end());
  EXPECT_EQ(pids_in(dirty, 100), "123");
  // One that lost its first half is gone; the next is found by what follows it.
  Bytes torn = packets;
  torn.insert(torn.end(), packets.begin() + 90, packets.end());
  torn.insert(torn.end(), packets.begin(), packets.end());
  EXPECT_EQ(pids_in(torn, 100), "12323123");
}

TEST(PacketFramer, CountsWhatItPassesOver) {
  PacketFramer framer;
  framer.append(Bytes(10'000, std::byte{0x11}));
  EXPECT_FALSE(framer.next());
  EXPECT_GT(framer.skipped(), 9'000U);
  framer.append(three_packets());
  EXPECT_TRUE(framer.next());
  EXPECT_EQ(framer.skipped(), 0U);
}

}  // namespace
}  // namespace geili::media::ts
