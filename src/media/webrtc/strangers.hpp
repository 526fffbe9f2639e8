#pragma once
// The ICE-TCP connections of a thread that have not named their session yet. A client that means it
// does so at once, so the newest are the likeliest, and the oldest are who gives way.
// Single-threaded.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/clock.hpp"
#include "media/transport_address.hpp"

namespace geili::media::webrtc {

class Strangers {
 public:
  // A connection, as ice::Path::via: later ones have greater numbers.
  using Via = std::uint32_t;

  explicit Strangers(std::size_t per_household_max) : per_household_max_(per_household_max) {}

  void add(Via via, const IpAddress& from, Instant now);
  // Named its session, or gone. One that is no stranger is passed over.
  void remove(Via via);
  // None when there is nobody.
  std::optional<Via> oldest() const;
  std::optional<Via> oldest_until(Instant since_max) const;
  // Who makes room for one more from there; none where there is room.
  std::optional<Via> crowded_out_by(const IpAddress& from) const;

 private:
  struct Stranger {
    std::string household;
    Instant since;
  };

  std::size_t per_household_max_;
  std::map<Via, Stranger> all_;
  std::map<std::string, std::set<Via>> by_household_;
};

}  // namespace geili::media::webrtc
