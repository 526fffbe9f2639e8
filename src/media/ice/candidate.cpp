#include "media/ice/candidate.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace geili::media::ice {
namespace {

using TypeName = std::pair<CandidateType, std::string_view>;
constexpr std::array<TypeName, 4> kTypeNames{{{CandidateType::host, "host"},
                                              {CandidateType::server_reflexive, "srflx"},
                                              {CandidateType::peer_reflexive, "prflx"},
                                              {CandidateType::relayed, "relay"}}};
using TcpName = std::pair<TcpType, std::string_view>;
constexpr std::array<TcpName, 3> kTcpNames{
    {{TcpType::active, "active"}, {TcpType::passive, "passive"}, {TcpType::simultaneous, "so"}}};

std::string_view next_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::unexpected<Error> bad(std::string_view what) {
  return fail(ErrorKind::invalid, "ice-candidate", fmt::format("An ICE candidate has {}.", what));
}

std::unexpected<Error> unknown_kind(std::string_view what) {
  return fail(ErrorKind::unsupported_media, "ice-candidate-kind",
              fmt::format("An ICE candidate has an unknown {}.", what));
}

// What follows "typ <type>": pairs of a name and a value.
Result<void> read_extensions(std::string_view rest, Candidate& candidate) {
  while (!rest.empty()) {
    const std::string_view name = next_word(rest);
    const std::string_view value = next_word(rest);
    if (name != "tcptype") continue;
    const auto* known = std::ranges::find(kTcpNames, value, &TcpName::second);
    if (known == kTcpNames.end()) return unknown_kind("tcptype");
    candidate.tcp_type = known->first;
  }
  if ((candidate.transport == Transport::tcp) != (candidate.tcp_type != TcpType::none)) {
    return bad("a tcptype that does not fit its transport");
  }
  return {};
}

// RFC 8445 section 5.1.2.1; TCP below UDP as RFC 6544 section 4.2 asks, passive as direction.
std::uint32_t host_priority(Transport transport, std::size_t rank) {
  constexpr std::uint32_t kUdpPreference = 126;
  constexpr std::uint32_t kTcpPreference = 90;
  constexpr std::uint32_t kPassiveDirection = 4;
  const auto order = static_cast<std::uint32_t>(rank);
  const bool udp = transport == Transport::udp;
  const std::uint32_t local = udp ? 0xFFFF - order : (kPassiveDirection << 13U) + 0x1FFF - order;
  return (udp ? kUdpPreference : kTcpPreference) << 24U | local << 8U | 255U;
}

}  // namespace

std::string Candidate::to_text() const {
  const auto* type_name = std::ranges::find(kTypeNames, type, &TypeName::first);
  std::string text = fmt::format("candidate:{} {} {} {} {} {} typ {}", foundation, component,
                                 transport == Transport::udp ? "udp" : "tcp", priority, host, port,
                                 type_name->second);
  const auto* tcp_name = std::ranges::find(kTcpNames, tcp_type, &TcpName::first);
  if (tcp_name != kTcpNames.end()) text.append(" tcptype ").append(tcp_name->second);
  return text;
}

Result<Candidate> parse_candidate(std::string_view text) {
  if (text.size() > kCandidateTextMax) return bad("more letters than are taken");
  if (text.starts_with("a=")) text.remove_prefix(2);
  constexpr std::string_view kName = "candidate:";
  if (!text.starts_with(kName)) return bad("no \"candidate:\"");
  text.remove_prefix(kName.size());

  Candidate candidate;
  candidate.foundation = next_word(text);
  if (candidate.foundation.empty() || candidate.foundation.size() > 32 ||
      !is_printable(candidate.foundation)) {
    return bad("a malformed foundation");
  }
  const auto component = number<std::uint32_t>(next_word(text));
  if (!component || *component < 1 || *component > 256) return bad("a component out of 1 to 256");
  const std::string_view transport = next_word(text);
  if (transport.empty()) return bad("no transport");
  if (same_letters(transport, "tcp")) {
    candidate.transport = Transport::tcp;
  } else if (!same_letters(transport, "udp")) {
    return unknown_kind("transport");
  }
  const auto priority = number<std::uint32_t>(next_word(text));
  if (!priority) return bad("a malformed priority");
  candidate.host = next_word(text);
  if (candidate.host.empty() || candidate.host.size() > 255 || !is_printable(candidate.host)) {
    return bad("a malformed address");
  }
  const auto port = number<std::uint16_t>(next_word(text));
  if (!port) return bad("a port out of 0 to 65535");
  if (next_word(text) != "typ") return bad("no type");
  const std::string_view type_name = next_word(text);
  if (type_name.empty()) return bad("no type");
  const auto* type = std::ranges::find(kTypeNames, type_name, &TypeName::second);
  if (type == kTypeNames.end()) return unknown_kind("type");

  candidate.component = *component;
  candidate.priority = *priority;
  candidate.port = *port;
  candidate.type = type->first;
  if (auto read = read_extensions(text, candidate); !read) return fail_as(read);
  return candidate;
}

std::vector<Candidate> host_candidates(std::span<const TransportAddress> addresses) {
  assert(addresses.size() <= 64);
  std::vector<Candidate> candidates;
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    std::size_t rank = 0;
    for (const TransportAddress& address : addresses) {
      if (address.transport != transport) continue;
      Candidate candidate;
      candidate.foundation = std::to_string(candidates.size() + 1);
      candidate.transport = transport;
      candidate.priority = host_priority(transport, rank++);
      candidate.host = address.ip.to_text();
      candidate.port = address.port;
      if (transport == Transport::tcp) candidate.tcp_type = TcpType::passive;
      candidates.push_back(std::move(candidate));
    }
  }
  return candidates;
}

}  // namespace geili::media::ice
