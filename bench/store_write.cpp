// How many small durable jobs a second the store takes, at 1 and at 64 in flight. A job sells one
// of a hot item: a guarded decrement and a row. Prints one JSON object a line.
//   bench_store_write [folder] [seconds]: the folder is on the disk to be measured, not in memory

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <string>

#include "store/sqlite/sqlite.hpp"

namespace {

using namespace geili;
using SteadyClock = std::chrono::steady_clock;

constexpr store::Migration kStep{1, "bench", R"sql(
CREATE TABLE item (id {{int}} PRIMARY KEY, left_count {{int}} NOT NULL CHECK (left_count >= 0)) {{strict}};
CREATE TABLE sale (id {{id}}, item_id {{int}} NOT NULL REFERENCES item (id), sold_at {{int}} NOT NULL) {{strict}};
INSERT INTO item (id, left_count) VALUES (1, 1000000000);
)sql"};

// Keeps `in_flight` jobs on their way until the time is up.
class Load {
 public:
  Load(store::Database& database, int in_flight, std::chrono::milliseconds duration)
      : database_(database), open_(in_flight), start_(SteadyClock::now()), end_(start_ + duration) {
    for (int i = 0; i < in_flight; ++i) hand_in();
  }

  // Waits for the last answer; the rate counts answered jobs only.
  double jobs_per_s() {
    finished_.get_future().wait();
    const std::chrono::duration<double> took = SteadyClock::now() - start_;
    return static_cast<double>(answered_) / took.count();
  }

 private:
  static store::Verdict sell(store::Tx& tx) {
    if (tx.exec("UPDATE item SET left_count = left_count - 1 WHERE id = $1 AND left_count > 0",
                1) == 0) {
      return store::Verdict::undo;
    }
    tx.exec("INSERT INTO sale (item_id, sold_at) VALUES ($1, $2)", 1, 1'795'000'000'000'000);
    return store::Verdict::keep;
  }
  void hand_in() {
    const auto taken = database_.submit_write(sell, [this](const store::Outcome& outcome) {
      if (outcome.failure) std::abort();
      ++answered_;
      if (SteadyClock::now() < end_) return hand_in();
      if (--open_ == 0) finished_.set_value();
    });
    if (!taken) std::abort();
  }

  store::Database& database_;
  std::atomic<std::int64_t> answered_ = 0;
  std::atomic<int> open_;
  std::promise<void> finished_;
  SteadyClock::time_point start_;
  SteadyClock::time_point end_;
};

void report(const char* figure, double value) {
  std::printf("{\"bench\":\"store_write\",\"figure\":\"%s\",\"value\":%.0f,\"unit\":\"1/s\"}\n",
              figure, value);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path parent = argc > 1 ? argv[1] : ".";
  const std::chrono::milliseconds duration(argc > 2 ? std::atoi(argv[2]) * 1'000 : 5'000);
  std::string folder = (parent / "bench-store-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "cannot make a folder in %s\n", parent.c_str());
    return 1;
  }
  {
    const auto database = store::sqlite::open(
        {.path = std::filesystem::path(folder) / "bench.db", .migrations = std::span(&kStep, 1)});
    Load(*database, 64, std::chrono::milliseconds(1'000)).jobs_per_s();  // the log reaches its size
    report("jobs_per_s_1", Load(*database, 1, duration).jobs_per_s());
    report("jobs_per_s_64", Load(*database, 64, duration).jobs_per_s());
  }
  std::filesystem::remove_all(folder);
}
