#pragma once
// A bad network between programs that are real: listens where a server would, and passes on what
// comes by UDP and TCP with loss, delay, jitter, a rate, and cuts.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "media/testing/impairment/link.hpp"
#include "media/transport_address.hpp"

namespace geili::media::testing {

struct Route {
  TransportAddress listen;  // its transport is the target's as well; port 0: the kernel chooses
  TransportAddress target;
};

struct RelayOptions {
  std::vector<Route> routes;  // they share the link
  LinkSettings settings;
  std::uint64_t seed = 1;
};

struct RelayFigures {
  LineFigures up;
  LineFigures down;
  std::size_t udp_flows = 0;
  std::size_t tcp_connections = 0;
};

// Runs on a thread of its own until it is destroyed. All functions from any other thread; when they
// come back, what they asked for is done.
class Relay {
 public:
  // Throws std::system_error when an address is taken.
  explicit Relay(const RelayOptions& options);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // Where it listens, in the order of the routes.
  const std::vector<TransportAddress>& addresses() const { return addresses_; }

  LinkSettings settings();
  void set(const LinkSettings& settings);
  void cut(Cut cut);
  // Ends every TCP connection, to both sides.
  void reset_connections();
  RelayFigures figures();

 private:
  struct Parts;

  std::unique_ptr<Parts> parts_;
  std::vector<TransportAddress> addresses_;
};

}  // namespace geili::media::testing
