#include "fanout.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <malloc.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figures.hpp"
#include "live/hub.hpp"
#include "load_socket.hpp"
#include "net/server.hpp"
#include "ws_load.hpp"

namespace {

using namespace geili;
using net::WebSocket;

constexpr ShowId kShow{1};

// What parent and viewers' process tell each other.
enum class Deed : std::uint8_t { come, go, measure, stall, end };
struct Order {
  Deed deed = Deed::end;
  std::uint16_t port = 0;
  unsigned viewers = 0;  // that come, or stall
  unsigned duration_ms = 0;
};
struct Report {
  double deliveries_per_s = 0;
  double frames_per_s = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  std::uint64_t closed = 0;
};

template <class T>
void write_to(int fd, const T& value) {
  if (::write(fd, &value, sizeof value) != sizeof value) std::abort();
}
template <class T>
T read_from(int fd) {
  T value;
  if (::read(fd, &value, sizeof value) != sizeof value) std::exit(1);
  return value;
}

Report measured(bench::WsLoad& load, unsigned duration_ms) {
  load.run_for(std::chrono::milliseconds(duration_ms / 3));  // the queues of the rate before
  const auto result = load.run_for(std::chrono::milliseconds(duration_ms));
  return {.deliveries_per_s = static_cast<double>(result.deliveries) / result.seconds,
          .frames_per_s = static_cast<double>(result.frames) / result.seconds,
          .p50_ms = result.latency.percentile_ms(0.5),
          .p99_ms = result.latency.percentile_ms(0.99),
          .closed = result.closed};
}

// Does as it is told and answers each order with a report.
void be_the_viewers(int fd) {
  bench::pin_to_processor(1);
  std::optional<bench::WsLoad> load;
  while (true) {
    const Order order = read_from<Order>(fd);
    Report report;
    switch (order.deed) {
      case Deed::come:
        load.emplace(
            bench::WsLoadSettings{.port = order.port, .target = "/room", .viewers = order.viewers});
        break;
      case Deed::go:
        load.reset();
        break;
      case Deed::measure:
        report = measured(*load, order.duration_ms);
        break;
      case Deed::stall:
        load->stall(order.viewers);
        break;
      case Deed::end:
        return;
    }
    write_to(fd, report);
  }
}

class Viewer final : public net::WebSocketPeer {
 public:
  explicit Viewer(live::Hub& hub) : hub_(hub) {}
  void opened(std::shared_ptr<WebSocket> socket) override {
    const auto executor = socket->executor();
    sink_ = std::make_shared<Sink>();
    sink_->socket = std::move(socket);
    hub_.join({.show = kShow, .sink = sink_, .executor = executor});
  }
  void text(std::string_view) override {}
  void closed() override {
    hub_.leave(*sink_);
    sink_->socket.reset();
  }

 private:
  struct Sink final : live::ViewerSink {
    bool offer(const live::Frame& frame) override { return socket && socket->send(frame); }
    void close(live::CloseReason) override {
      if (socket) socket->close(net::CloseCode::too_slow, "");
    }
    std::shared_ptr<WebSocket> socket;
  };
  live::Hub& hub_;
  std::shared_ptr<Sink> sink_;
};

using UpgradeAnswer = std::variant<std::unique_ptr<net::WebSocketPeer>, net::Response>;

boost::asio::awaitable<UpgradeAnswer> upgrade(live::Hub* const* hub, net::Request) {
  UpgradeAnswer answer = std::make_unique<Viewer>(**hub);
  co_return answer;
}

// Hands chat to the hub on its thread, `rate` messages of about 128 B a second, in steps of 5 ms.
class Chat {
 public:
  Chat(live::Hub& hub, boost::asio::any_io_executor executor) : hub_(hub), timer_(executor) {
    boost::asio::post(executor, [this] { step(); });
  }
  void set_rate(unsigned per_s) { per_s_ = per_s; }

 private:
  void step() {
    const std::uint64_t now_us = bench::now_us();
    owed_ += per_s_ * static_cast<double>(now_us - stepped_us_) / 1e6;
    stepped_us_ = now_us;
    for (; owed_ >= 1; owed_ -= 1) {
      const live::Actor actor{.key = ++sender_ % 500, .address = sender_ % 500};
      const std::string stamp = "us=" + std::to_string(bench::now_us());
      hub_.submit(kShow, live::SendChat{actor, "Ana", stamp + std::string(35, 'g')});
    }
    timer_.expires_after(std::chrono::milliseconds(5));
    timer_.async_wait([this](const boost::system::error_code& failed) {
      if (!failed) step();
    });
  }
  live::Hub& hub_;
  boost::asio::steady_timer timer_;
  std::atomic<unsigned> per_s_ = 0;
  double owed_ = 0;
  std::uint64_t stepped_us_ = bench::now_us();
  std::uint64_t sender_ = 0;
};

template <class Work>
auto on_executor(boost::asio::any_io_executor executor, Work work) {
  std::packaged_task<decltype(work())()> task(std::move(work));
  auto answer = task.get_future();
  boost::asio::post(executor, [&task] { task(); });
  return answer.get();
}

long open_files() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

double thread_cpu_s() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

// Resident memory that is this process's own.
double resident_kib() {
  std::ifstream statm("/proc/self/statm");
  double size = 0;
  double resident = 0;
  double shared = 0;
  statm >> size >> resident >> shared;
  return (resident - shared) * 4;
}

live::HubLimits open_limits() {
  live::HubLimits limits;
  limits.room.chat_per_address =
      limits.room.chat_per_person = {.count = 1'000'000, .per = std::chrono::milliseconds(1)};
  limits.room.duplicate_window = {};
  return limits;
}

struct Measured {
  Report seen;
  double cpu_us_per_delivery = 0;
  double cpu_percent = 0;
};

// The server with its one room and one io thread, in this process, and the viewers in another.
class Stage {
 public:
  Stage() {
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::close(ends_[0]);
      be_the_viewers(ends_[1]);
      std::exit(0);
    }
    ::close(ends_[1]);
    bench::raise_file_limit();
    ::mallopt(M_ARENA_MAX, 1);  // one heap, whose figure mallinfo2() tells
    open();
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage() {
    write_to(ends_[0], Order{});
    ::waitpid(child_, nullptr, 0);
    server_->stop(1);
  }

  void come(unsigned viewers) {
    tell({.deed = Deed::come, .port = server_->port(), .viewers = viewers});
    settle();
  }
  // Returns when the server has let go of them and of their sockets.
  void go() {
    tell({.deed = Deed::go});
    while (hub_->figures().viewers > 0 || open_files() > files_at_rest_) settle();
  }
  void stall(unsigned viewers) { tell({.deed = Deed::stall, .viewers = viewers}); }
  void settle() {
    on_executor(executor_, [] { return 0; });
  }

  Measured measure(unsigned rate_per_s, unsigned duration_ms) {
    chat_->set_rate(rate_per_s);
    write_to(ends_[0], Order{.deed = Deed::measure, .duration_ms = duration_ms});
    ::usleep(duration_ms / 3 * 1000);
    const double cpu_before = on_executor(executor_, thread_cpu_s);
    const Report seen = read_from<Report>(ends_[0]);
    const double cpu_s = on_executor(executor_, thread_cpu_s) - cpu_before;
    chat_->set_rate(0);
    return {seen, cpu_s * 1e6 / std::max(1.0, seen.deliveries_per_s * duration_ms / 1000),
            cpu_s * 1e5 / duration_ms};
  }

 private:
  Report tell(const Order& order) {
    write_to(ends_[0], order);
    return read_from<Report>(ends_[0]);
  }

  void open() {
    net::Router router;
    router.add({.method = net::Method::get,
                .pattern = "/room",
                .handler = net::UpgradeHandler([this](net::Request request) {
                  return upgrade(&hub_pointer_, std::move(request));
                })});
    net::ServerSettings settings;
    settings.limits.connections_per_address_max = settings.limits.connections_max;
    server_ = net::Server::create(settings, std::move(router), {});
    executor_ = server_->executors().front();
    hub_.emplace(live::HubSettings{.executors = {executor_},
                                   .encode_frame = net::text_frame,
                                   .clock = &clock_,
                                   .limits = open_limits()});
    hub_pointer_ = &*hub_;
    if (!hub_->open(kShow, {.status = live::ShowStatus::live})) std::abort();
    server_->start();
    on_executor(executor_, [] {
      bench::pin_to_processor(0);
      return 0;
    });
    chat_.emplace(*hub_, executor_);
    files_at_rest_ = open_files();
  }

  int ends_[2] = {-1, -1};
  pid_t child_ = -1;
  SystemClock clock_;
  std::unique_ptr<net::Server> server_;
  boost::asio::any_io_executor executor_;
  std::optional<live::Hub> hub_;
  live::Hub* hub_pointer_ = nullptr;
  std::optional<Chat> chat_;
  long files_at_rest_ = 0;
};

double heap_kib() {
  return static_cast<double>(::mallinfo2().uordblks) / 1024;
}

// The highest rate that all get in time.
Measured measure_rates(Stage& stage, const bench::FanoutPlan& plan) {
  Measured best;
  for (unsigned rate = plan.rate_min_per_s; rate <= 12'800; rate = rate * 5 / 4) {
    const Measured now = stage.measure(rate, plan.duration_ms);
    const double wanted = static_cast<double>(rate) * plan.viewers;
    std::fprintf(stderr,
                 "%u messages/s: %.0f deliveries/s of %.0f, %.0f frames/s, p50 %.1f ms, p99 %.1f "
                 "ms, cpu %.0f %%\n",
                 rate, now.seen.deliveries_per_s, wanted, now.seen.frames_per_s, now.seen.p50_ms,
                 now.seen.p99_ms, now.cpu_percent);
    const bool holds = now.seen.closed == 0 && now.seen.deliveries_per_s > wanted * 0.97 &&
                       now.seen.p99_ms <= plan.p99_max_ms;
    if (!holds) break;
    best = now;
  }
  return best;
}

// What the others notice when one in ten reads no more.
double stalled_p99_ratio(Stage& stage, const bench::FanoutPlan& plan) {
  stage.measure(plan.rate_min_per_s, plan.duration_ms);  // what the highest rate left behind
  const double before_ms = stage.measure(plan.rate_min_per_s, plan.duration_ms).seen.p99_ms;
  stage.stall(plan.viewers / 10);
  const double after_ms = stage.measure(plan.rate_min_per_s, plan.duration_ms).seen.p99_ms;
  std::fprintf(stderr, "p99 %.1f ms, with a tenth stalled %.1f ms\n", before_ms, after_ms);
  return after_ms / before_ms;
}

// All come and go, again and again: what stays behind of memory and files. The first rounds are not
// counted: what is kept for reuse grows to its size in them.
void churn(Stage& stage, const bench::FanoutPlan& plan) {
  constexpr unsigned kFirstRounds = 8;
  for (unsigned round = 0; round < kFirstRounds; ++round) {
    stage.come(plan.viewers);
    stage.go();
  }
  const double heap_before_kib = heap_kib();
  const long files_before = open_files();
  for (unsigned round = 0; round < plan.churn_rounds; ++round) {
    stage.come(plan.viewers);
    stage.go();
  }
  bench::report(plan.name, "churn_heap_growth", heap_kib() / heap_before_kib * 100 - 100, "%");
  bench::report(plan.name, "churn_files_leaked", static_cast<double>(open_files() - files_before),
                "files");
}

}  // namespace

namespace geili::bench {

void run_fanout(const FanoutPlan& plan) {
  Stage stage;
  const double heap_before_kib = heap_kib();
  const double resident_before_kib = resident_kib();
  stage.come(plan.viewers);
  report(plan.name, "idle_user_kib", (resident_kib() - resident_before_kib) / plan.viewers, "KiB");
  report(plan.name, "idle_heap_kib", (heap_kib() - heap_before_kib) / plan.viewers, "KiB");
  const Measured best = measure_rates(stage, plan);
  report(plan.name, "deliveries_per_s", best.seen.deliveries_per_s, "1/s");
  report(plan.name, "p99_ms", best.seen.p99_ms, "ms");
  report(plan.name, "cpu_us_per_delivery", best.cpu_us_per_delivery, "us");
  report(plan.name, "stalled_p99_ratio", stalled_p99_ratio(stage, plan), "");
  stage.go();
  if (plan.churn_rounds > 0) churn(stage, plan);
}

}  // namespace geili::bench
