#pragma once
// Many viewers of one room on one io thread, on the real server and hub. The viewers are a process
// of their own, on the other processor; chat is handed to the hub at rising rates until deliveries
// fall behind.

namespace geili::bench {

struct FanoutPlan {
  const char* name = "";  // of the benchmark
  unsigned viewers = 0;
  unsigned rate_min_per_s = 0;  // messages; rises by a quarter while all get them in time
  double p99_max_ms = 0;
  unsigned duration_ms = 2'000;  // of each rate
  unsigned churn_rounds = 0;     // that all come and go
};

// Reports idle_user_kib and idle_heap_kib (a viewer), deliveries_per_s, p99_ms and
// cpu_us_per_delivery (of the highest rate that held), stalled_p99_ratio (of those who read, while
// a tenth does not), churn_heap_growth and churn_files_leaked. Called once in a process, before any
// thread is made: it forks.
void run_fanout(const FanoutPlan& plan);

}  // namespace geili::bench
