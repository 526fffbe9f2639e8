// 10,000 viewers of one room, whose tick is longer; and their coming and going.
//   bench_fanout_10k [seconds per rate]

#include <cstdlib>

#include "fanout.hpp"

int main(int argc, char** argv) {
  geili::bench::FanoutPlan plan{.name = "fanout_10k",
                                .viewers = 10'000,
                                .rate_min_per_s = 40,
                                .p99_max_ms = 500,
                                .churn_rounds = 20};
  if (argc > 1) plan.duration_ms = static_cast<unsigned>(std::atoi(argv[1])) * 1'000;
  geili::bench::run_fanout(plan);
}
