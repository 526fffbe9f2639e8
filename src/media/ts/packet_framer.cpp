#include "media/ts/packet_framer.hpp"

#include <algorithm>
#include <iterator>

namespace geili::media::ts {

void PacketFramer::append(ByteView bytes) {
  buffer_.erase(buffer_.begin(), std::next(buffer_.begin(), static_cast<std::ptrdiff_t>(at_)));
  at_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

bool PacketFramer::begins_at(std::size_t at) const {
  const std::size_t next = at + kPacketBytes;
  return buffer_[at] == kSyncByte && next < buffer_.size() && buffer_[next] == kSyncByte;
}

std::optional<ByteView> PacketFramer::next() {
  in_step_ = in_step_ && (at_ >= buffer_.size() || buffer_[at_] == kSyncByte);
  if (!in_step_) {
    while (at_ + kPacketBytes < buffer_.size() && !begins_at(at_)) {
      ++at_;
      ++skipped_;
    }
    in_step_ = at_ + kPacketBytes < buffer_.size();
  }
  if (!in_step_ || at_ + kPacketBytes > buffer_.size()) return std::nullopt;
  const ByteView packet = ByteView(buffer_).subspan(at_, kPacketBytes);
  at_ += kPacketBytes;
  skipped_ = 0;
  return packet;
}

}  // namespace geili::media::ts
