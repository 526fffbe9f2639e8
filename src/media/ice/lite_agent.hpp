#pragma once
// The ICE agent of one session: lite (RFC 8445 section 2.5), always controlled, one component. The
// peer checks, we answer; the checks that go on for as long as the session lives are its consent to
// be sent to (RFC 7675). Pure: packets and times in, replies and changes out. Single-threaded.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "media/ice/credentials.hpp"
#include "media/stun/message.hpp"
#include "media/transport_address.hpp"

namespace geili::media::ice {

inline constexpr std::chrono::seconds kConsentLifetime{30};  // RFC 7675 section 5.1
inline constexpr std::size_t kPathsMax = 8;

// A way to the peer: where it is, and what of ours leads there. `via` is the owner's number for a
// socket or a TCP connection.
struct Path {
  TransportAddress remote;
  std::uint32_t via = 0;

  friend bool operator==(const Path&, const Path&) = default;
};

// A path on which the peer proved that it knows our password.
struct ValidPath {
  Path path;
  Instant heard;                 // the last check
  std::uint32_t generation = 0;  // of the credentials it was made with
};

enum class Verdict : std::uint8_t {
  accepted,
  ignored,          // an indication or a response: nothing to do
  malformed,        // not a STUN message that can be read
  unauthenticated,  // no credentials, or not ours
  replayed,         // a check seen before, from elsewhere
  refused,          // of the right peer, with an attribute or a role that cannot be
};

struct Outcome {
  Verdict verdict = Verdict::ignored;
  std::string reply;            // to be sent back on the same path; empty for none
  bool path_validated = false;  // the path was not valid before
  bool selected_changed = false;
  bool restarted = false;  // the peer uses the credentials of the last restart() for the first time
};

class LiteAgent {
 public:
  // What `remote_ufrag` is comes from the peer's offer. Its password is not asked for: a lite agent
  // sends no checks.
  LiteAgent(Credentials local, std::string_view remote_ufrag);

  // Takes what looks_like_stun(). An unauthenticated packet changes nothing and gets at most as
  // many bytes as it has.
  Outcome on_packet(ByteView packet, const Path& from, Instant now);

  // New credentials (RFC 8445 section 9). The ones in use stay good until the peer uses the new;
  // the selected path stays until a path of the new ones is nominated.
  void restart(Credentials local, std::string_view remote_ufrag);

  // Drops the paths whose consent has run out; says whether selected() changed. When none is left,
  // nothing may be sent.
  bool expire(Instant now);
  // When expire() has something to do; none without a valid path.
  std::optional<Instant> next_expiry() const;

  // A TCP connection is gone: its paths are too. Says whether selected() changed.
  bool forget(std::uint32_t via);

  // Where to send: the path nominated last, before that the first one validated; none before any,
  // and none after consent was lost.
  const std::optional<Path>& selected() const { return selected_; }
  bool nominated() const { return nominated_; }
  // Whether DTLS and media from there may be looked at.
  bool is_valid(const Path& path) const;
  std::span<const ValidPath> paths() const { return paths_; }

  const Credentials& local() const { return current_.local; }
  // Whether a check for this ufrag is ours: the current one, or the one before that is still good.
  bool answers_to(std::string_view local_ufrag) const;

 private:
  struct Generation {
    Credentials local;
    std::string username;  // what the peer's checks carry: "ours:theirs"
    std::uint32_t number = 0;
  };
  struct Check {
    stun::TransactionId transaction{};
    Path from;
  };
  static constexpr std::size_t kRecentChecks = 32;

  const Generation* generation_of(std::string_view username) const;
  bool is_replay(const stun::MessageView& request, const Path& from);
  void take(const stun::MessageView& request, const Generation& generation, const Path& from,
            Instant now, Outcome& outcome);
  // Whether the path is new.
  bool remember(const Path& path, std::uint32_t generation, Instant now);
  bool select(const Path& path);
  bool reselect();

  Generation current_;
  std::optional<Generation> previous_;
  bool current_used_ = false;
  std::vector<ValidPath> paths_;
  std::optional<Path> selected_;
  bool nominated_ = false;
  // A ring: a captured check that is sent again from elsewhere would move the media to a victim.
  std::array<Check, kRecentChecks> recent_;
  std::size_t recent_count_ = 0;
};

// The part of a check's USERNAME that names the session: ours. None for all but binding requests
// that carry one. For finding the session; authenticates nothing. Borrows the packet.
std::optional<std::string_view> addressed_ufrag(ByteView packet);

}  // namespace geili::media::ice
