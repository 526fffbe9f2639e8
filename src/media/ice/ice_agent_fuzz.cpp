// A session's life as bytes: each step a byte that says what happens, a byte of path and time, and
// for packets a length and the bytes. Half of the packets are given the right sums, so that what
// lies behind the password is reached as well.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>

#include "media/byte_reader.hpp"
#include "media/ice/candidate.hpp"
#include "media/ice/lite_agent.hpp"
#include "media/stun/builder.hpp"

namespace {

using namespace geili;
using namespace geili::media;

const ice::Credentials kFirst{"firstufrag", "firstpasswordfirstpassword"};
const ice::Credentials kSecond{"secondufrag", "secondpasswordsecondpassword"};

struct Session {
  ice::LiteAgent agent{kFirst, "peer"};
  Instant now{1'000'000};
};

ice::Path path_of(unsigned byte) {
  TransportAddress remote{*IpAddress::parse("192.0.2.1"),
                          static_cast<std::uint16_t>(1'000 + byte / 4),
                          (byte & 1U) != 0 ? Transport::tcp : Transport::udp};
  return {remote, byte / 2 & 1U};
}

void check_invariants(const ice::LiteAgent& agent) {
  assert(agent.paths().size() <= ice::kPathsMax);
  assert(agent.selected().has_value() == !agent.paths().empty());
  assert(!agent.selected() || agent.is_valid(*agent.selected()));
  assert(agent.next_expiry().has_value() == !agent.paths().empty());
}

void receive(Session& session, ByteView packet, const ice::Path& from, bool ours) {
  const auto before = session.agent.selected();
  const std::size_t paths = session.agent.paths().size();
  const auto outcome = session.agent.on_packet(packet, from, session.now);
  assert(outcome.selected_changed == (before != session.agent.selected()));
  if (outcome.verdict == ice::Verdict::accepted) {
    assert(session.agent.is_valid(from) && !outcome.reply.empty());
  } else {
    assert(paths == session.agent.paths().size() && !outcome.path_validated);
  }
  if (outcome.verdict != ice::Verdict::accepted && outcome.verdict != ice::Verdict::refused) {
    assert(outcome.reply.size() <= packet.size());
  }
  // Nobody finds HMAC-SHA1 by chance.
  assert(ours || outcome.verdict != ice::Verdict::accepted);
  (void)ice::addressed_ufrag(packet);
}

void receive_signed(Session& session, ByteReader& in, const ice::Path& from, bool second) {
  stun::TransactionId transaction{};
  transaction[0] = static_cast<std::byte>(in.u8());
  const unsigned flags = in.u8();
  stun::MessageBuilder builder(static_cast<stun::Class>(flags & 3U), transaction);
  builder.username(second ? "secondufrag:peer" : "firstufrag:peer");
  if ((flags & 4U) != 0) builder.use_candidate();
  if ((flags & 8U) != 0) builder.ice_controlled(1);
  if ((flags & 16U) != 0) builder.attribute(static_cast<stun::AttributeType>(0x30), {});
  const std::string packet = builder.finish(second ? kSecond.pwd : kFirst.pwd);
  receive(session, as_bytes(packet), from, true);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  if (const auto candidate = ice::parse_candidate(as_text(bytes))) {
    assert(ice::parse_candidate(candidate->to_text()) == *candidate);
  }
  Session session;
  ByteReader in(bytes);
  while (in.remaining() > 0) {
    const unsigned what = in.u8() % 6;
    const unsigned detail = in.u8();
    if (what == 0) {
      const std::size_t length = std::min<std::size_t>(in.u8(), in.remaining());
      receive(session, in.bytes(length), path_of(detail), false);
    } else if (what == 1 || what == 2) {
      receive_signed(session, in, path_of(detail), what == 2);
    } else if (what == 3) {
      session.now = session.now + std::chrono::milliseconds(detail * 200);
      session.agent.expire(session.now);
    } else if (what == 4) {
      session.agent.restart((detail & 1U) != 0 ? kSecond : kFirst, "peer");
    } else {
      session.agent.forget(detail & 1U);
    }
    check_invariants(session.agent);
  }
  return 0;
}
