#pragma once
// One direction of one kind of packet: the cipher work that RTP and RTCP, sending and receiving
// share. Not thread-safe; no allocation after construction.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "media/srtp/keys.hpp"

namespace geili::media::srtp {

class Transform {
 public:
  Transform(Profile profile, Direction direction, Kind kind, const SessionKeys& keys);

  std::size_t tag_size() const { return tag_bytes(profile_); }
  Profile profile() const { return profile_; }

  // `index` is ROC and sequence number (48 bits) for RTP, the 31-bit index for RTCP. `head` stays
  // readable and is authenticated; `trailer` is authenticated and sent behind the packet in the
  // profile's own way (the rollover counter, or the index word of RTCP). `out` takes as many bytes
  // as `in`; the two may be the same memory.
  void seal(std::uint32_t ssrc, std::uint64_t index, ByteView head, ByteView trailer, ByteView in,
            std::byte* out, std::byte* tag);
  // False when the tag does not fit; `out` is then without meaning.
  bool open(std::uint32_t ssrc, std::uint64_t index, ByteView head, ByteView trailer, ByteView in,
            ByteView tag, std::byte* out);

 private:
  std::array<std::byte, 16> vector_of(std::uint32_t ssrc, std::uint64_t index) const;
  void hash(ByteView head, ByteView body, ByteView trailer, std::byte* tag);

  Profile profile_;
  Kind kind_;
  std::array<std::byte, kSaltBytesMax> salt_;
  Cipher cipher_;
  Mac mac_;
};

}  // namespace geili::media::srtp
