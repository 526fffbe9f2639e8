// 2,000 viewers of one room.
//   bench_fanout_2k [seconds per rate]

#include <cstdlib>

#include "fanout.hpp"

int main(int argc, char** argv) {
  geili::bench::FanoutPlan plan{
      .name = "fanout_2k", .viewers = 2'000, .rate_min_per_s = 200, .p99_max_ms = 100};
  if (argc > 1) plan.duration_ms = static_cast<unsigned>(std::atoi(argv[1])) * 1'000;
  geili::bench::run_fanout(plan);
}
