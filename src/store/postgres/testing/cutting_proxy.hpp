#pragma once
// For tests: passes connections on to a server, and cuts one when it commits.

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "store/postgres/testing/temp_server.hpp"

namespace geili::store::postgres {

class CuttingProxy {
 public:
  enum class Cut : std::uint8_t {
    never,
    before_commit,  // the server never hears of it
    after_commit    // it is done, and the answer is kept back
  };

  explicit CuttingProxy(const TempServer& server);
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;
  ~CuttingProxy();

  // The same address, by way of the proxy.
  std::string through(std::string url) const;
  // Cuts the connection that commits next, once. Thread-safe.
  void cut_next(Cut cut) { cut_ = cut; }

 private:
  struct Pair {
    int client;
    int server;
    bool is_answer_kept_back = false;
  };

  void loop();
  void accept_one();
  bool pass_on(Pair& pair, bool from_client);

  std::string folder_;
  std::string server_folder_;
  int listener_;
  int stop_[2] = {-1, -1};
  std::vector<Pair> pairs_;
  std::atomic<Cut> cut_ = Cut::never;
  std::thread thread_;
};

}  // namespace geili::store::postgres
