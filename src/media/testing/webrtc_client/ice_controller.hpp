#pragma once
// The checking side of ICE (RFC 8445), as much of it as meets a lite server: it nominates the first
// candidate that answers, goes on asking for consent (RFC 7675), and tries all of them again when
// the answers stop. Pure: times and packets in, packets out. Single-threaded.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "media/ice/credentials.hpp"
#include "media/stun/message.hpp"
#include "media/transport_address.hpp"

namespace geili::media::testing {

class IceController {
 public:
  explicit IceController(ice::Credentials local) : local_(std::move(local)) {}

  const ice::Credentials& local() const { return local_; }
  // `candidates` in order of preference.
  void start(ice::Credentials remote, std::vector<TransportAddress> candidates, Instant now);
  // New credentials of both sides; the pair in use stays until a check with the new ones succeeds.
  void restart(ice::Credentials local, ice::Credentials remote, Instant now);

  struct Check {
    std::string packet;
    TransportAddress to;
  };
  // What is to be sent now.
  std::vector<Check> due(Instant now);
  // When due() has more.
  Instant next() const { return next_; }

  // What looks_like_stun(). True when it was the answer to a check.
  bool on_packet(ByteView packet, const TransportAddress& from, Instant now);

  const std::optional<TransportAddress>& selected() const { return selected_; }
  // Whether the peer has answered within the last few seconds.
  bool is_answered(Instant now) const { return selected_ && now - heard_ < kSilence; }
  std::optional<std::int64_t> round_trip_us() const { return round_trip_us_; }

 private:
  static constexpr std::chrono::milliseconds kSilence{4'000};
  static constexpr std::chrono::milliseconds kRetry{50};
  static constexpr std::chrono::milliseconds kRetryLater{250};
  static constexpr std::chrono::milliseconds kConsent{1'500};
  static constexpr std::size_t kPendingMax = 64;

  std::string make_check(const stun::TransactionId& transaction) const;

  ice::Credentials local_;
  ice::Credentials remote_;
  std::vector<TransportAddress> candidates_;
  std::optional<TransportAddress> selected_;
  Instant heard_;
  Instant next_;
  unsigned tries_ = 0;
  bool fresh_ = false;  // of the credentials no check has succeeded yet
  std::optional<std::int64_t> round_trip_us_;
  struct Pending {
    TransportAddress to;
    Instant sent;
  };
  std::map<stun::TransactionId, Pending> pending_;
};

}  // namespace geili::media::testing
