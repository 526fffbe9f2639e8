#pragma once
// Protects what goes out (RFC 3711, RFC 7714). One thread; no allocation per packet.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "media/srtp/transform.hpp"

namespace geili::media::srtp {

class Sender {
 public:
  Sender(Profile profile, const MasterKey& master)
      : rtp_(profile, Direction::encrypt, Kind::rtp, derive(master, Kind::rtp)),
        rtcp_(profile, Direction::encrypt, Kind::rtcp, derive(master, Kind::rtcp)) {}

  // Writes `header`, the encrypted `payload` and the tag into `out` and returns how many bytes: the
  // encryption is the copy, so one plaintext payload serves any number of viewers. `header` is a
  // whole RTP header with its extensions; `index` its sequence number below the rollover counter
  // (48 bits), never used twice with one key but for the same packet. Asserts that `out` has room for kOverheadBytesMax
  // more than the plaintext.
  std::size_t protect(std::uint32_t ssrc, std::uint64_t index, ByteView header, ByteView payload,
                      std::span<std::byte> out);
  // A compound packet of at least 8 bytes. The index counts by itself.
  std::size_t protect_rtcp(ByteView packet, std::span<std::byte> out);

 private:
  Transform rtp_;
  Transform rtcp_;
  std::uint32_t rtcp_index_ = 0;  // 31 bits, over all sources: no vector is used twice
};

}  // namespace geili::media::srtp
