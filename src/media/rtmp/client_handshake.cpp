#include "media/rtmp/client_handshake.hpp"

#include <algorithm>

namespace geili::media::rtmp {
namespace {

constexpr std::byte kVersion{3};

}  // namespace

ClientHandshake::ClientHandshake(ByteView nonce, std::string& out) {
  out.push_back(static_cast<char>(kVersion));
  out.append(8, '\0');  // time, and a version of zero: no digest is expected
  out.append(as_text(nonce));
}

Result<std::size_t> ClientHandshake::feed(ByteView in, std::string& out) {
  std::size_t used = 0;
  if (received_ == 0 && !in.empty()) {
    if (in[0] != kVersion) {
      return fail(ErrorKind::invalid, "rtmp-version", "The server does not speak RTMP, version 3.");
    }
    received_ = used = 1;
  }
  while (used < in.size() && !done()) {
    const bool in_s1 = received_ <= kHandshakeBytes;
    const std::size_t end = in_s1 ? 1 + kHandshakeBytes : 1 + 2 * kHandshakeBytes;
    const ByteView taken = in.subspan(used, std::min(in.size() - used, end - received_));
    // S2 repeats C1 in the simple form: it is not looked at, as servers answer otherwise.
    if (in_s1) s1_.append(as_text(taken));
    used += taken.size();
    received_ += taken.size();
    if (in_s1 && received_ == end) {
      out.append(s1_);
      s1_.clear();
    }
  }
  return used;
}

}  // namespace geili::media::rtmp
