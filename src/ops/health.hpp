#pragma once
// Whether this process is alive (/healthz) and whether it should be sent work (/readyz).

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace geili::ops {

struct HealthReport {
  struct Line {
    std::string name;
    std::optional<std::string> fault;
  };
  bool ok = true;
  std::vector<Line> lines;

  // {"status":"ok","checks":[{"name":"store","ok":true}]}; a fault is told as "detail".
  std::string to_json() const;
};

// Checks are added while the program is wired, on one thread; asking is then safe on every thread.
class Health {
 public:
  // A sentence when the check fails. Called on the asking thread: it reads a flag or an atomic that
  // another part keeps up to date, and does not block.
  using Check = std::function<std::optional<std::string>()>;

  // A failing liveness check means: restart me. Readiness: send me nothing for now.
  void add_liveness(std::string_view name, Check check);
  void add_readiness(std::string_view name, Check check);

  HealthReport live() const;
  HealthReport ready() const;

  // From now on not ready: the program is ending. Thread-safe.
  void set_stopping() { stopping_.store(true, std::memory_order_relaxed); }

 private:
  struct Named {
    std::string name;
    Check check;
  };
  static HealthReport ask(const std::vector<Named>& checks);

  std::vector<Named> liveness_;
  std::vector<Named> readiness_;
  std::atomic<bool> stopping_{false};
};

}  // namespace geili::ops
