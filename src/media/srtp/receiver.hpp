#pragma once
// Opens what comes in (RFC 3711, RFC 7714): nothing forged and nothing twice. One thread; no
// allocation per packet.

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "media/srtp/transform.hpp"

namespace geili::media::srtp {

enum class Refusal : std::uint8_t {
  malformed,         // too short, or a header that is longer than the packet
  replayed,          // seen before, or older than the window
  unauthentic,       // the tag does not fit
  too_many_sources,  // more SSRCs than kSourcesMax
};
std::string_view to_string(Refusal refusal);

// Which indices of one source came already (RFC 3711 section 3.3.2).
class ReplayWindow {
 public:
  bool is_new(std::uint64_t index) const;
  // Of an authentic packet that is_new.
  void accept(std::uint64_t index);
  bool is_empty() const { return is_empty_; }
  std::uint64_t newest() const { return newest_; }

 private:
  static constexpr std::size_t kPackets = 1'024;  // a second and more at a phone's bit rate
  std::uint64_t newest_ = 0;
  bool is_empty_ = true;
  std::bitset<kPackets> seen_;  // by index modulo kPackets
};

class Receiver {
 public:
  static constexpr std::size_t kSourcesMax = 16;

  Receiver(Profile profile, const MasterKey& master)
      : rtp_(profile, Direction::decrypt, Kind::rtp, derive(master, Kind::rtp)),
        rtcp_(profile, Direction::decrypt, Kind::rtcp, derive(master, Kind::rtcp)) {}

  // Decrypts in place; the value is the size of the plain packet. A refused packet changes nothing
  // but its own bytes.
  std::expected<std::size_t, Refusal> unprotect(std::span<std::byte> packet);
  std::expected<std::size_t, Refusal> unprotect_rtcp(std::span<std::byte> packet);

 private:
  struct Source {
    std::uint32_t ssrc = 0;
    ReplayWindow window;
  };
  using Sources = std::vector<Source>;
  static Source* find(Sources& sources, std::uint32_t ssrc);
  // Remembers an authentic packet.
  static void accept(Sources& sources, Source* source, std::uint32_t ssrc, std::uint64_t index);

  Transform rtp_;
  Transform rtcp_;
  Sources rtp_sources_;
  Sources rtcp_sources_;
};

}  // namespace geili::media::srtp
