// Orders over HTTP on one hot item of a running server, each with an Idempotency-Key of its own.
//   load_orders_http --url http://127.0.0.1:8080 --product ID [--show ID] [--scarce ID]
//                    [--connections 128] [--seconds 5]
// --product has more in stock than can be sold in the time; --scarce is a product that is then sold
// out by all connections at once. Figures: orders_per_s, p99_ms and oversold: units sold beyond
// what was there, of both products.

#include <cstdint>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/random.hpp"
#include "figures.hpp"
#include "http_load.hpp"
#include "load_socket.hpp"

namespace {

using namespace geili;
namespace json = boost::json;

constexpr unsigned kDevices = 64;

struct Product {
  std::string id;
  std::string shop_id;
  json::object price;
  std::int64_t stock = 0;
};

struct Options {
  std::string url;
  std::string show;
  std::string product;
  std::string scarce;
  unsigned connections = 128;
  unsigned seconds = 5;
};

Product read_product(const bench::BaseUrl& url, const std::string& id) {
  const auto answer = bench::ask_once(
      url, fmt::format("GET /api/v1/products/{} HTTP/1.1\r\nHost: localhost\r\n\r\n", id));
  if (answer.status != 200) {
    throw std::runtime_error(fmt::format("product {} was answered {}", id, answer.status));
  }
  const json::value value = json::parse(answer.body);
  return {.id = id,
          .shop_id = json::value_to<std::string>(value.at("shop_id")),
          .price = value.at("price").as_object(),
          .stock = value.at("stock").to_number<std::int64_t>()};
}

// "geili_device=…" of a device that is registered for this run.
std::string register_device(const bench::BaseUrl& url) {
  const auto answer = bench::ask_once(
      url,
      "POST /api/v1/device HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 14\r\n\r\n{\"name\":\"Ana\"}");
  constexpr std::string_view kField = "Set-Cookie: ";
  const std::size_t at = answer.head.find(kField);
  if (answer.status != 201 || at == std::string::npos) {
    throw std::runtime_error(fmt::format("a device was answered {}", answer.status));
  }
  const std::size_t from = at + kField.size();
  return answer.head.substr(from, answer.head.find(';', from) - from);
}

std::string order_body(const Product& product, const std::string& show) {
  json::object body{
      {"shop_id", product.shop_id},
      {"lines", json::array{json::object{{"product_id", product.id}, {"quantity", 1}}}},
      {"fulfilment", "delivery"},
      {"buyer",
       {{"name", "Ana Torres"},
        {"phone", "+52 473 100 2000"},
        {"address", "Calle del Truco 7, Guanajuato"},
        {"country", "MX"}}},
      {"expected_total", product.price}};
  if (!show.empty()) body["show_id"] = show;
  return json::serialize(body);
}

struct Sale {
  bench::HttpLoadResult load;
  std::int64_t sold = 0;
  std::int64_t sold_out = 0;
  std::int64_t oversold = 0;
};

Sale sell(const bench::BaseUrl& url, const Options& options, const std::string& id,
          std::chrono::milliseconds duration) {
  const Product product = read_product(url, id);
  const std::string body = order_body(product, options.show);
  std::vector<std::string> devices;
  for (unsigned i = 0; i < kDevices; ++i) devices.push_back(register_device(url));
  const std::string run = random_token(9);
  Sale sale;
  const auto make = [&](std::uint64_t number, std::string& out) {
    fmt::format_to(std::back_inserter(out),
                   "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\n"
                   "Content-Type: application/json\r\nCookie: {}\r\nIdempotency-Key: {}-{}\r\n"
                   "Content-Length: {}\r\n\r\n{}",
                   devices[number % kDevices], run, number, body.size(), body);
  };
  const auto check = [&](std::uint64_t, const bench::HttpAnswer& answer) {
    const bool is_sold_out =
        answer.status == 409 && answer.body.find("sold-out") != std::string_view::npos;
    sale.sold += answer.status == 201 ? 1 : 0;
    sale.sold_out += is_sold_out ? 1 : 0;
    if (answer.status == 201 || is_sold_out) return true;
    std::fprintf(stderr, "%u %.*s\n", answer.status, static_cast<int>(answer.body.size()),
                 answer.body.data());
    return false;
  };
  sale.load = bench::run_http_load({.address = url.address,
                                    .port = url.port,
                                    .connections = options.connections,
                                    .duration = duration},
                                   make, check);
  const std::int64_t gone = product.stock - read_product(url, id).stock;
  sale.oversold = sale.sold - gone;  // told as sold, but not taken from the stock
  return sale;
}

void run(const Options& options) {
  const bench::BaseUrl url = bench::parse_base_url(options.url);
  const Sale hot = sell(url, options, options.product, std::chrono::seconds(options.seconds));
  if (hot.load.failures > 0) throw std::runtime_error("some orders were refused; see above");
  if (hot.sold_out > 0) throw std::runtime_error("the product has too little in stock to measure");
  std::int64_t oversold = hot.oversold;
  if (!options.scarce.empty()) {
    const std::int64_t stock = read_product(url, options.scarce).stock;
    const Sale scarce = sell(url, options, options.scarce, std::chrono::seconds(1));
    if (scarce.sold_out == 0) throw std::runtime_error("the scarce product was not sold out");
    if (scarce.sold < stock) throw std::runtime_error("sold out was said too early");
    oversold += std::max(scarce.sold - stock, scarce.oversold);
  }
  bench::report("orders_http", "orders_per_s", hot.load.per_second(), "1/s");
  bench::report("orders_http", "p50_ms", hot.load.latency.percentile_ms(0.5), "ms");
  bench::report("orders_http", "p99_ms", hot.load.latency.percentile_ms(0.99), "ms");
  bench::report("orders_http", "oversold", static_cast<double>(oversold), "1");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Orders over HTTP on one hot item");
  app.add_option("--url", options.url)->required();
  app.add_option("--product", options.product)->required();
  app.add_option("--show", options.show);
  app.add_option("--scarce", options.scarce);
  app.add_option("--connections", options.connections);
  app.add_option("--seconds", options.seconds);
  CLI11_PARSE(app, argc, argv);
  try {
    bench::raise_file_limit();
    run(options);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
