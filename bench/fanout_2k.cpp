// 2,000 viewers of one room on one io thread, on the real server and hub. The viewers are a process
// of their own, on the other processor; chat is handed to the hub at rising rates until deliveries
// fall behind.
//   bench_fanout_2k [seconds per rate] [viewers]

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <future>
#include <memory>
#include <stdexcept>
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
struct Order {
  std::uint16_t port = 0;
  unsigned viewers = 0;
  unsigned duration_ms = 0;  // 0: end
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

void be_the_viewers(int fd) {
  bench::pin_to_processor(1);
  Order order = read_from<Order>(fd);
  bench::WsLoad load({.port = order.port, .target = "/room", .viewers = order.viewers});
  write_to(fd, Report{});
  while (true) {
    order = read_from<Order>(fd);
    if (order.duration_ms == 0) return;
    load.run_for(
        std::chrono::milliseconds(order.duration_ms / 3));  // the queues of the rate before
    const auto result = load.run_for(std::chrono::milliseconds(order.duration_ms));
    write_to(fd, Report{.deliveries_per_s = static_cast<double>(result.deliveries) / result.seconds,
                        .frames_per_s = static_cast<double>(result.frames) / result.seconds,
                        .p50_ms = result.latency.percentile_ms(0.5),
                        .p99_ms = result.latency.percentile_ms(0.99),
                        .closed = result.closed});
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
};

void measure_rates(int fd, Chat& chat, boost::asio::any_io_executor executor, unsigned viewers,
                   unsigned duration_ms) {
  const double p99_max_ms = viewers > 2'000 ? 500 : 100;  // the hub's tick is longer then
  Measured best;
  for (unsigned rate = viewers > 2'000 ? 40 : 200; rate <= 12'800; rate = rate * 5 / 4) {
    chat.set_rate(rate);
    write_to(fd, Order{.duration_ms = duration_ms});
    ::usleep(duration_ms / 3 * 1000);
    const double cpu_before = on_executor(executor, thread_cpu_s);
    const Report seen = read_from<Report>(fd);
    const double cpu_s = on_executor(executor, thread_cpu_s) - cpu_before;
    const double wanted = static_cast<double>(rate) * viewers;
    std::fprintf(stderr,
                 "%u messages/s: %.0f deliveries/s of %.0f, %.0f frames/s, p50 %.1f ms, p99 %.1f "
                 "ms, cpu %.0f %%\n",
                 rate, seen.deliveries_per_s, wanted, seen.frames_per_s, seen.p50_ms, seen.p99_ms,
                 cpu_s * 1e5 / duration_ms);
    const bool holds =
        seen.closed == 0 && seen.deliveries_per_s > wanted * 0.97 && seen.p99_ms <= p99_max_ms;
    if (!holds) break;
    best = {seen, cpu_s * 1e6 / (seen.deliveries_per_s * duration_ms / 1000)};
  }
  bench::report("fanout_2k", "deliveries_per_s", best.seen.deliveries_per_s, "1/s");
  bench::report("fanout_2k", "p99_ms", best.seen.p99_ms, "ms");
  bench::report("fanout_2k", "cpu_us_per_delivery", best.cpu_us_per_delivery, "us");
}

}  // namespace

int main(int argc, char** argv) {
  const unsigned duration_ms = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) * 1000 : 2000;
  const unsigned viewers = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 2000;
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    be_the_viewers(ends[1]);
    return 0;
  }
  ::close(ends[1]);
  bench::raise_file_limit();
  ::mallopt(M_ARENA_MAX, 1);  // one heap, whose figure mallinfo2() tells

  live::Hub* room_hub = nullptr;
  net::Router router;
  router.add({.method = net::Method::get,
              .pattern = "/room",
              .handler = net::UpgradeHandler([&room_hub](net::Request request) {
                return upgrade(&room_hub, std::move(request));
              })});
  net::ServerSettings settings;
  settings.limits.connections_per_address_max = settings.limits.connections_max;
  auto server = net::Server::create(settings, std::move(router), {});
  const auto executor = server->executors().front();
  SystemClock clock;
  live::Hub hub({.executors = {executor},
                 .encode_frame = net::text_frame,
                 .clock = &clock,
                 .limits = open_limits()});
  room_hub = &hub;
  if (!hub.open(kShow, {.status = live::ShowStatus::live})) return 1;
  server->start();
  on_executor(executor, [] {
    bench::pin_to_processor(0);
    return 0;
  });

  const double heap_before = static_cast<double>(::mallinfo2().uordblks);
  const double resident_before = resident_kib();
  write_to(ends[0], Order{.port = server->port(), .viewers = viewers});
  read_from<Report>(ends[0]);
  on_executor(executor, [] { return 0; });
  const double heap_kib = (static_cast<double>(::mallinfo2().uordblks) - heap_before) / 1024;
  bench::report("fanout_2k", "idle_user_kib", (resident_kib() - resident_before) / viewers, "KiB");
  bench::report("fanout_2k", "idle_heap_kib", heap_kib / viewers, "KiB");

  Chat chat(hub, executor);
  measure_rates(ends[0], chat, executor, viewers, duration_ms);
  write_to(ends[0], Order{});
  ::waitpid(child, nullptr, 0);
  server->stop(1);
}
