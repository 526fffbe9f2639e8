#pragma once
// Candidates and their SDP text (RFC 8839 section 5.1, RFC 6544 section 4.5).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/transport_address.hpp"

namespace geili::media::ice {

enum class CandidateType : std::uint8_t { host, server_reflexive, peer_reflexive, relayed };
enum class TcpType : std::uint8_t { none, active, passive, simultaneous };  // none with udp

struct Candidate {
  std::string foundation;
  std::uint32_t component = 1;
  Transport transport = Transport::udp;
  std::uint32_t priority = 0;
  std::string host;  // an IP address, or the ".local" name a browser hides one behind
  std::uint16_t port = 0;
  CandidateType type = CandidateType::host;
  TcpType tcp_type = TcpType::none;

  // As it stands behind "a=": "candidate:1 1 udp 2130706431 192.0.2.1 5004 typ host".
  std::string to_text() const;

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

inline constexpr std::size_t kCandidateTextMax = 512;

// `text` begins with "candidate:", with or without "a=" before it. Related addresses and extensions
// other than tcptype are read over. Errors: invalid "ice-candidate"; unsupported_media
// "ice-candidate-kind" (a transport or type not named here, which RFC 8839 wants passed over).
Result<Candidate> parse_candidate(std::string_view text);

// Host candidates of ours, UDP before TCP (passive), each list in order of preference. IP addresses
// only; at most 64.
std::vector<Candidate> host_candidates(std::span<const TransportAddress> addresses);

}  // namespace geili::media::ice
