#include "media/rtmp/handshake.hpp"

#include <algorithm>

namespace geili::media::rtmp {
namespace {

constexpr std::byte kVersion{3};

}  // namespace

Result<std::size_t> Handshake::feed(ByteView in, std::string& out) {
  std::size_t used = 0;
  if (received_ == 0 && !in.empty()) {
    if (in[0] != kVersion) {
      return fail(ErrorKind::invalid, "rtmp-version", "This port speaks plain RTMP, version 3.");
    }
    received_ = used = 1;
  }
  while (used < in.size() && !done()) {
    const bool in_c1 = received_ <= kHandshakeBytes;
    const std::size_t end = in_c1 ? 1 + kHandshakeBytes : 1 + 2 * kHandshakeBytes;
    const ByteView taken = in.subspan(used, std::min(in.size() - used, end - received_));
    // C2 repeats S1 in the simple form and a digest in the other: neither is looked at.
    if (in_c1) c1_.append(as_text(taken));
    used += taken.size();
    received_ += taken.size();
    if (in_c1 && received_ == end) {
      out.push_back(static_cast<char>(kVersion));
      out.append(8, '\0');  // time, version: zero tells clients to expect no digest
      out.append(as_text(nonce_));
      out.append(c1_);
      c1_.clear();
    }
  }
  return used;
}

}  // namespace geili::media::rtmp
