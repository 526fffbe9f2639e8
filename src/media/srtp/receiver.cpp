#include "media/srtp/receiver.hpp"

#include <algorithm>

#include "media/srtp/wire.hpp"

namespace geili::media::srtp {
namespace {

constexpr std::size_t kRtpHeadBytes = 12;
constexpr unsigned kSequenceBits = 16;
constexpr std::int64_t kSequences = 1 << kSequenceBits;

std::uint32_t half_word(ByteView bytes) {
  return std::to_integer<std::uint32_t>(bytes[0]) << 8 | std::to_integer<std::uint32_t>(bytes[1]);
}

// Of the header with sources and extension (RFC 3550 section 5.1); 0 when the packet is shorter.
std::size_t header_size(ByteView packet) {
  if (packet.size() < kRtpHeadBytes) return 0;
  const auto first = std::to_integer<unsigned>(packet[0]);
  std::size_t size = kRtpHeadBytes + 4 * (first & 0x0FU);
  if ((first & 0x10U) != 0) {
    if (packet.size() < size + 4) return 0;
    size += 4 + 4 * std::size_t{half_word(packet.subspan(size + 2))};
  }
  return size <= packet.size() ? size : 0;
}

// The index nearest to the newest one that has this sequence number (RFC 3711 appendix A).
std::uint64_t guess_index(std::uint64_t newest, std::uint32_t sequence) {
  const auto rollover = static_cast<std::int64_t>(newest >> kSequenceBits);
  const auto last = static_cast<std::int64_t>(newest & (kSequences - 1));
  std::int64_t guess = rollover;
  if (static_cast<std::int64_t>(sequence) - last > kSequences / 2) guess -= 1;
  if (last - static_cast<std::int64_t>(sequence) > kSequences / 2) guess += 1;
  if (guess < 0) guess = 0;
  return static_cast<std::uint64_t>(guess) << kSequenceBits | sequence;
}

}  // namespace

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::malformed:
      return "malformed";
    case Refusal::replayed:
      return "replayed";
    case Refusal::unauthentic:
      return "unauthentic";
    case Refusal::too_many_sources:
      return "too-many-sources";
  }
  return "";
}

bool ReplayWindow::is_new(std::uint64_t index) const {
  if (is_empty_ || index > newest_) return true;
  return newest_ - index < kPackets && !seen_[index % kPackets];
}

void ReplayWindow::accept(std::uint64_t index) {
  if (is_empty_) {
    newest_ = index;
    is_empty_ = false;
  } else if (index > newest_) {
    if (index - newest_ >= kPackets) {
      seen_.reset();
    } else {
      for (std::uint64_t skipped = newest_ + 1; skipped < index; ++skipped) {
        seen_.reset(skipped % kPackets);
      }
    }
    newest_ = index;
  }
  seen_.set(index % kPackets);
}

Receiver::Source* Receiver::find(Sources& sources, std::uint32_t ssrc) {
  const auto found = std::ranges::find(sources, ssrc, &Source::ssrc);
  return found == sources.end() ? nullptr : &*found;
}

void Receiver::accept(Sources& sources, Source* source, std::uint32_t ssrc, std::uint64_t index) {
  if (source == nullptr) source = &sources.emplace_back(Source{.ssrc = ssrc, .window = {}});
  source->window.accept(index);
}

std::expected<std::size_t, Refusal> Receiver::unprotect(std::span<std::byte> packet) {
  const std::size_t head_size = header_size(packet);
  if (head_size == 0 || packet.size() < head_size + rtp_.tag_size()) {
    return std::unexpected(Refusal::malformed);
  }
  const ByteView view = packet;
  const std::uint32_t sequence = half_word(view.subspan(2));
  const std::uint32_t ssrc = read_word(view.subspan(8));
  Source* const source = find(rtp_sources_, ssrc);
  if (source == nullptr && rtp_sources_.size() >= kSourcesMax) {
    return std::unexpected(Refusal::too_many_sources);
  }
  const std::uint64_t index =
      source == nullptr ? sequence : guess_index(source->window.newest(), sequence);
  if (source != nullptr && !source->window.is_new(index)) {
    return std::unexpected(Refusal::replayed);
  }
  const std::size_t plain = packet.size() - rtp_.tag_size();
  const auto rollover = word(static_cast<std::uint32_t>(index >> kSequenceBits));
  if (!rtp_.open(ssrc, index, view.first(head_size), rollover,
                 view.subspan(head_size, plain - head_size), view.subspan(plain),
                 packet.data() + head_size)) {
    return std::unexpected(Refusal::unauthentic);
  }
  accept(rtp_sources_, source, ssrc, index);
  return plain;
}

std::expected<std::size_t, Refusal> Receiver::unprotect_rtcp(std::span<std::byte> packet) {
  const std::size_t overhead = kRtcpIndexBytes + rtcp_.tag_size();
  if (packet.size() < kRtcpHeadBytes + overhead) return std::unexpected(Refusal::malformed);
  const ByteView view = packet;
  const std::size_t plain = packet.size() - overhead;
  const bool is_gcm = rtcp_.profile() == Profile::aead_aes_128_gcm;
  const std::size_t index_at = is_gcm ? plain + rtcp_.tag_size() : plain;
  const std::size_t tag_at = is_gcm ? plain : plain + kRtcpIndexBytes;
  const ByteView trailer = view.subspan(index_at, kRtcpIndexBytes);
  const std::uint32_t indexed = read_word(trailer);
  // Both profiles always encrypt here; a packet that says otherwise is not of our peer.
  if ((indexed & kEncryptedBit) == 0) return std::unexpected(Refusal::unauthentic);
  const std::uint64_t index = indexed & ~kEncryptedBit;
  const std::uint32_t ssrc = read_word(view.subspan(4));
  Source* const source = find(rtcp_sources_, ssrc);
  if (source == nullptr && rtcp_sources_.size() >= kSourcesMax) {
    return std::unexpected(Refusal::too_many_sources);
  }
  if (source != nullptr && !source->window.is_new(index)) {
    return std::unexpected(Refusal::replayed);
  }
  if (!rtcp_.open(ssrc, index, view.first(kRtcpHeadBytes), trailer,
                  view.subspan(kRtcpHeadBytes, plain - kRtcpHeadBytes),
                  view.subspan(tag_at, rtcp_.tag_size()), packet.data() + kRtcpHeadBytes)) {
    return std::unexpected(Refusal::unauthentic);
  }
  accept(rtcp_sources_, source, ssrc, index);
  return plain;
}

}  // namespace geili::media::srtp
