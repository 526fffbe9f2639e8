#pragma once
// Finds the transport packets in a stream of bytes that may begin anywhere, and may have lost some.

#include <cstddef>
#include <optional>

#include "base/bytes.hpp"
#include "media/ts/packet.hpp"

namespace geili::media::ts {

// Single-threaded.
class PacketFramer {
 public:
  void append(ByteView bytes);
  // kPacketBytes that begin with the sync byte; valid until the next append(). None: more bytes
  // are needed.
  std::optional<ByteView> next();
  // Passed over since the last packet, because no packet began there.
  std::size_t skipped() const { return skipped_; }

 private:
  // Whether a packet begins at `at`: another one has to follow it.
  bool begins_at(std::size_t at) const;

  Bytes buffer_;
  std::size_t at_ = 0;
  std::size_t skipped_ = 0;
  bool in_step_ = false;  // the last packet ended at at_
};

}  // namespace geili::media::ts
