// Requests a second of one io thread for a small constant JSON answer: as a direct handler and as a
// coroutine.
//   bench_http_json [seconds]

#include <cstdlib>
#include <ctime>
#include <future>

#include <boost/asio/post.hpp>

#include "figures.hpp"
#include "http_load.hpp"
#include "load_socket.hpp"
#include "net/server.hpp"

namespace {

using namespace geili;

constexpr const char* kBody =
    R"({"id":"17","title":"Freshwater pearl necklace","price":{"minor":12800,"currency":"CNY"},"available":12})";

net::Response product() {
  net::Response response;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-cache");
  response.body = std::string(kBody);
  return response;
}

boost::asio::awaitable<net::Response> answer_later(net::Request) {
  co_return product();
}

double thread_cpu_s() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

double cpu_s_of(net::Server& server) {
  std::promise<double> used;
  boost::asio::post(server.executors().front(), [&used] { used.set_value(thread_cpu_s()); });
  return used.get_future().get();
}

// On a busy machine only requests for each second of the server's processor time say something.
void measure(net::Server& server, const char* path, const char* figure, const char* cpu_figure,
             std::chrono::milliseconds duration) {
  const std::string request = std::string("GET ") + path +
                              " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                              "User-Agent: geili-bench\r\n\r\n";
  const double cpu_before = cpu_s_of(server);
  const auto result = bench::run_http_load(
      {.port = server.port(), .warm_up = {}, .duration = duration},
      [&](std::uint64_t, std::string& out) { out += request; },
      [](std::uint64_t, const bench::HttpAnswer& answer) {
        return answer.status == 200 && answer.body == kBody;
      });
  if (result.failures > 0) std::abort();
  bench::report("http_json", figure, result.per_second(), "1/s");
  const double cpu_s = cpu_s_of(server) - cpu_before;
  bench::report("http_json", cpu_figure, static_cast<double>(result.answers) / cpu_s, "1/s");
  bench::report("http_json", "p99_ms", result.latency.percentile_ms(0.99), "ms");
}

}  // namespace

int main(int argc, char** argv) {
  const std::chrono::seconds duration(argc > 1 ? std::atoi(argv[1]) : 3);
  net::Router router;
  router.add({.method = net::Method::get,
              .pattern = "/api/v1/products/{product_id}",
              .handler = [](net::Request) { return product(); }});
  router.add({.method = net::Method::get,
              .pattern = "/coroutine/{product_id}",
              .handler = net::Handler(answer_later)});
  auto server = net::Server::create({}, std::move(router), {});
  server->start();
  boost::asio::post(server->executors().front(), [] { bench::pin_to_processor(0); });
  bench::pin_to_processor(1);
  measure(*server, "/api/v1/products/17", "requests_per_s", "requests_per_cpu_s", duration);
  measure(*server, "/coroutine/17", "coroutine_requests_per_s", "coroutine_requests_per_cpu_s",
          duration);
  server->stop(1);
}
