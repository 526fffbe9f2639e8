// A product's JSON from a running server, with 64 connections kept alive.
//   load_product_json --url http://127.0.0.1:8080 --product ID [--seconds 5]

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "figures.hpp"
#include "http_load.hpp"

namespace {

using namespace geili;

void run(const std::string& base_url, const std::string& product, unsigned seconds) {
  const bench::BaseUrl url = bench::parse_base_url(base_url);
  const std::string request =
      fmt::format("GET /api/v1/products/{} HTTP/1.1\r\nHost: localhost\r\n\r\n", product);
  const std::string expected = bench::ask_once(url, request).body;
  const auto result = bench::run_http_load(
      {.address = url.address, .port = url.port, .duration = std::chrono::seconds(seconds)},
      [&](std::uint64_t, std::string& out) { out += request; },
      [&](std::uint64_t, const bench::HttpAnswer& answer) {
        return answer.status == 200 && answer.body == expected;
      });
  if (result.failures > 0) throw std::runtime_error("some answers were not the product");
  bench::report("product_json", "requests_per_s", result.per_second(), "1/s");
  bench::report("product_json", "p99_ms", result.latency.percentile_ms(0.99), "ms");
}

}  // namespace

int main(int argc, char** argv) {
  std::string url;
  std::string product;
  unsigned seconds = 5;
  CLI::App app("A product's JSON");
  app.add_option("--url", url)->required();
  app.add_option("--product", product)->required();
  app.add_option("--seconds", seconds);
  CLI11_PARSE(app, argc, argv);
  try {
    run(url, product, seconds);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
