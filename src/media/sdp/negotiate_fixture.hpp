#pragma once
// Our side of the answers that tests make.

#include <string>

#include "media/sdp/negotiate.hpp"
#include "media/sdp/offers_fixture.hpp"

namespace geili::media::sdp {

inline LocalTransport our_transport() {
  LocalTransport local;
  local.session_id = 4'611'686'018'427'387'904;
  local.ice = {"AoursXYZ", "ourpasswordourpasswordour"};
  local.fingerprint = {"sha-256", Bytes(32, std::byte{0xAB})};
  local.candidates.push_back({"1", 1, Transport::udp, 2'130'706'431, "192.0.2.1", 8189});
  return local;
}

inline SessionDescription parsed(const std::string& text) {
  auto session = parse(text);
  EXPECT_TRUE(session) << (session ? "" : session.error().detail);
  return session ? *session : SessionDescription{};
}

// What `answer` has under `code` when it failed; "" when it did not.
inline std::string code_of(const Result<Answer>& answer) {
  return answer ? "" : answer.error().code;
}

}  // namespace geili::media::sdp
