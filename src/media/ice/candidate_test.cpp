#include "media/ice/candidate.hpp"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

namespace geili::media::ice {
namespace {

TEST(Candidate, ReadsWhatBrowsersWrite) {
  const struct {
    const char* text;
    Candidate candidate;
  } cases[] = {
      {"a=candidate:251305308 1 udp 2122194687 192.0.2.2 54066 typ host generation 0 network-id 1",
       {"251305308", 1, Transport::udp, 2'122'194'687, "192.0.2.2", 54'066}},
      {"candidate:0 2 UDP 2122252542 0f3b-4c.local 9 typ host",
       {"0", 2, Transport::udp, 2'122'252'542, "0f3b-4c.local", 9}},
      {"candidate:9 1 TCP 1518214911 2001:db8::2 9 typ host tcptype active generation 0",
       {"9", 1, Transport::tcp, 1'518'214'911, "2001:db8::2", 9, CandidateType::host,
        TcpType::active}},
      {"candidate:7 1 udp 1686052607 203.0.113.7 61000 typ srflx raddr 0.0.0.0 rport 0 ufrag EsAw",
       {"7", 1, Transport::udp, 1'686'052'607, "203.0.113.7", 61'000,
        CandidateType::server_reflexive}},
  };
  for (const auto& good : cases) {
    const auto candidate = parse_candidate(good.text);
    ASSERT_TRUE(candidate) << good.text << ": " << candidate.error().detail;
    EXPECT_EQ(*candidate, good.candidate) << candidate->to_text();
    EXPECT_EQ(parse_candidate(candidate->to_text()), good.candidate);
  }
}

TEST(Candidate, RefusesBadInput) {
  const std::string cases[] = {
      "",
      "1 1 udp 1 192.0.2.1 1 typ host",
      "candidate:",
      "candidate: 1 udp 1 192.0.2.1 1 typ host",
      "candidate:1 0 udp 1 192.0.2.1 1 typ host",
      "candidate:1 257 udp 1 192.0.2.1 1 typ host",
      "candidate:1 1 udp 4294967296 192.0.2.1 1 typ host",
      "candidate:1 1 udp -1 192.0.2.1 1 typ host",
      "candidate:1 1 udp 1  1 typ host",
      "candidate:1 1 udp 1 192.0.2.1 65536 typ host",
      "candidate:1 1 udp 1 192.0.2.1 1",
      "candidate:1 1 udp 1 192.0.2.1 1 typ",
      "candidate:1 1 udp 1 192.0.2.1 1 typ host tcptype passive",
      "candidate:1 1 tcp 1 192.0.2.1 1 typ host",
      "candidate:1 1 udp 1 192.0.2.1 1 typ host x " + std::string(kCandidateTextMax, 'x'),
  };
  for (const std::string& bad : cases) {
    const auto candidate = parse_candidate(bad);
    ASSERT_FALSE(candidate) << bad;
    EXPECT_EQ(candidate.error().code, "ice-candidate") << bad;
  }
}

TEST(Candidate, TellsUnknownKindsFromMalformedOnes) {
  for (const char* text :
       {"candidate:1 1 sctp 1 192.0.2.1 1 typ host", "candidate:1 1 udp 1 192.0.2.1 1 typ guest",
        "candidate:1 1 tcp 1 192.0.2.1 1 typ host tcptype lazy"}) {
    const auto candidate = parse_candidate(text);
    ASSERT_FALSE(candidate) << text;
    EXPECT_EQ(candidate.error().code, "ice-candidate-kind") << text;
  }
}

TEST(Candidate, OursAreHostsInOrderOfPreference) {
  const std::array addresses{
      TransportAddress{*IpAddress::parse("192.0.2.1"), 443, Transport::tcp},
      TransportAddress{*IpAddress::parse("192.0.2.1"), 8189, Transport::udp},
      TransportAddress{*IpAddress::parse("2001:db8::1"), 8189, Transport::udp},
  };
  const auto candidates = host_candidates(addresses);
  ASSERT_EQ(candidates.size(), 3U);
  EXPECT_EQ(candidates[0].to_text(), "candidate:1 1 udp 2130706431 192.0.2.1 8189 typ host");
  EXPECT_EQ(candidates[1].to_text(), "candidate:2 1 udp 2130706175 2001:db8::1 8189 typ host");
  EXPECT_EQ(candidates[2].to_text(),
            "candidate:3 1 tcp 1520435199 192.0.2.1 443 typ host tcptype passive");
  EXPECT_TRUE(std::ranges::is_sorted(candidates, std::ranges::greater{}, &Candidate::priority));
}

}  // namespace
}  // namespace geili::media::ice
