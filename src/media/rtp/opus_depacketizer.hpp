#pragma once
// Opus over RTP (RFC 7587): a packet is a payload.

#include "media/rtp/depacketizer.hpp"

namespace geili::media::rtp {

// Gaps are left to the stream, which fills them. The configuration changes with the duration of the
// packets.
class OpusDepacketizer final : public Depacketizer {
 public:
  Result<void> push(const Fragment& fragment, std::vector<SourceUnit>& out) override;
  void gap() override {}
  bool needs_key() const override { return false; }

 private:
  CodecConfigPtr described_;
};

}  // namespace geili::media::rtp
