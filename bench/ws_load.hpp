#pragma once
// Many WebSocket viewers on one thread. A message carries its time of sending as "us=<now_us()>"
// anywhere in its text, so that a frame with many messages counts as many deliveries.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"

namespace geili::bench {

struct WsLoadSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  std::string target = "/";
  std::string extra_headers;  // whole lines with CRLF
  unsigned viewers = 0;
};

struct WsLoadResult {
  std::uint64_t deliveries = 0;  // stamped messages
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
  std::uint64_t closed = 0;  // viewers that the server closed
  double seconds = 0;
  LatencyHistogram latency;
};

class WsLoad {
 public:
  // Connects and upgrades all viewers; throws std::system_error or std::runtime_error.
  explicit WsLoad(const WsLoadSettings& settings);
  ~WsLoad();
  WsLoad(const WsLoad&) = delete;
  WsLoad& operator=(const WsLoad&) = delete;

  // The first `count` viewers read no more.
  void stall(unsigned count);

  // Reads for a while and tells what came in it.
  WsLoadResult run_for(std::chrono::milliseconds duration);

 private:
  struct Viewer {
    int fd = -1;
    std::string partial;  // of a frame
  };

  void upgrade(Viewer& viewer);
  void receive(Viewer& viewer, WsLoadResult& result);
  std::size_t take_frames(Viewer& viewer, std::string_view bytes, WsLoadResult& result);
  void count_stamps(std::string_view payload, WsLoadResult& result) const;
  static void close(Viewer& viewer, WsLoadResult& result);

  WsLoadSettings settings_;
  int epoll_;
  std::vector<Viewer> viewers_;
  std::vector<char> buffer_;
  std::uint64_t now_us_ = 0;
};

}  // namespace geili::bench
