// Orders over HTTP on one hot item of a running server, each with an Idempotency-Key of its own.
//   load_orders_http --url http://127.0.0.1:8080 --product ID [--show ID] [--scarce ID]
//                    [--connections 128] [--seconds 5]
// --product has more in stock than can be sold in the time; --scarce is a product that is then sold
// out by all connections at once. They are bought in the show and picked up (orders_per_s, p99_ms);
// then --product outside the show and sent, each in a parcel of its own (sent_…). Figures of both
// products: oversold, units sold beyond what was there, and orphaned, units taken without an order.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
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
constexpr std::int64_t kRefusalsShown = 5;

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

std::string post(std::string_view path, std::string_view fields, std::string_view body) {
  return fmt::format(
      "POST /api/v1/{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{}"
      "Content-Length: {}\r\n\r\n{}",
      path, fields, body.size(), body);
}

enum class Fulfilment : bool { pickup_in_show, sent };

json::object goods_of(const Product& product) {
  return {{"shop_id", product.shop_id},
          {"lines", json::array{json::object{{"product_id", product.id}, {"quantity", 1}}}}};
}

std::int64_t shipping_minor(const bench::BaseUrl& url, const Product& product) {
  json::object body = goods_of(product);
  body["buyer"] = json::object{{"country", "MX"}};
  const auto answer = bench::ask_once(url, post("shipping/quote", "", json::serialize(body)));
  if (answer.status != 200) {
    throw std::runtime_error(fmt::format("a quote was answered {}", answer.status));
  }
  return json::parse(answer.body)
      .at("options")
      .at(0)
      .at("shipping")
      .at("minor")
      .to_number<std::int64_t>();
}

std::string order_body(const bench::BaseUrl& url, const Product& product, const std::string& show,
                       Fulfilment fulfilment) {
  json::object body = goods_of(product);
  json::object total = product.price;
  json::object buyer{{"name", "Ana Torres"}, {"phone", "+52 473 100 2000"}};
  if (fulfilment == Fulfilment::sent) {
    buyer["address"] = "Calle del Truco 7, Guanajuato";
    buyer["country"] = "MX";
    total["minor"] = total["minor"].to_number<std::int64_t>() + shipping_minor(url, product);
  } else if (!show.empty()) {
    body["show_id"] = show;
  }
  body["fulfilment"] = fulfilment == Fulfilment::sent ? "delivery" : "pickup";
  body["buyer"] = std::move(buyer);
  body["expected_total"] = std::move(total);
  return json::serialize(body);
}

struct Sale {
  bench::HttpLoadResult load;
  std::int64_t sold = 0;
  std::int64_t sold_out = 0;
  std::int64_t refused = 0;
  std::int64_t gone = 0;  // from the stock
};

Sale sell(const bench::BaseUrl& url, const Options& options, const std::string& id,
          Fulfilment fulfilment, std::chrono::milliseconds duration) {
  const Product product = read_product(url, id);
  const std::string body = order_body(url, product, options.show, fulfilment);
  std::vector<std::string> devices;
  for (unsigned i = 0; i < kDevices; ++i) devices.push_back(register_device(url));
  const std::string run = random_token(9);
  Sale sale;
  const auto make = [&](std::uint64_t number, std::string& out) {
    out += post("orders",
                fmt::format("Cookie: {}\r\nIdempotency-Key: {}-{}\r\n", devices[number % kDevices],
                            run, number),
                body);
  };
  const auto check = [&](std::uint64_t, const bench::HttpAnswer& answer) {
    const bool is_sold_out =
        answer.status == 409 && answer.body.find("sold-out") != std::string_view::npos;
    sale.sold += answer.status == 201 ? 1 : 0;
    sale.sold_out += is_sold_out ? 1 : 0;
    if (answer.status == 201 || is_sold_out) return true;
    if (++sale.refused <= kRefusalsShown) {
      std::fprintf(stderr, "%u %.*s\n", answer.status, static_cast<int>(answer.body.size()),
                   answer.body.data());
    }
    return false;
  };
  sale.load = bench::run_http_load({.address = url.address,
                                    .port = url.port,
                                    .connections = options.connections,
                                    .duration = duration},
                                   make, check);
  sale.gone = product.stock - read_product(url, id).stock;
  return sale;
}

Sale sell_hot(const bench::BaseUrl& url, const Options& options, Fulfilment fulfilment) {
  Sale hot = sell(url, options, options.product, fulfilment, std::chrono::seconds(options.seconds));
  if (hot.load.failures > 0) throw std::runtime_error("some orders were refused; see above");
  if (hot.sold_out > 0) throw std::runtime_error("the product has too little in stock to measure");
  return hot;
}

Sale sell_scarce(const bench::BaseUrl& url, const Options& options) {
  const std::int64_t stock = read_product(url, options.scarce).stock;
  const Sale scarce =
      sell(url, options, options.scarce, Fulfilment::pickup_in_show, std::chrono::seconds(1));
  if (scarce.sold_out == 0) throw std::runtime_error("the scarce product was not sold out");
  if (scarce.sold < stock) throw std::runtime_error("sold out was said too early");
  return scarce;
}

void report_speed(const std::string& prefix, const Sale& sale) {
  const auto figure = [&](const char* name, double value, const char* unit) {
    bench::report("orders_http", (prefix + name).c_str(), value, unit);
  };
  figure("orders_per_s", sale.load.per_second(), "1/s");
  figure("p50_ms", sale.load.latency.percentile_ms(0.5), "ms");
  figure("p99_ms", sale.load.latency.percentile_ms(0.99), "ms");
}

void run(const Options& options) {
  const bench::BaseUrl url = bench::parse_base_url(options.url);
  const Sale hot = sell_hot(url, options, Fulfilment::pickup_in_show);
  const Sale sent = sell_hot(url, options, Fulfilment::sent);
  std::vector<const Sale*> sales{&hot, &sent};
  std::optional<Sale> scarce;
  if (!options.scarce.empty()) sales.push_back(&scarce.emplace(sell_scarce(url, options)));
  std::int64_t oversold = 0;
  std::int64_t orphaned = 0;
  for (const Sale* sale : sales) {
    oversold += std::max<std::int64_t>(0, sale->sold - sale->gone);
    orphaned += std::max<std::int64_t>(0, sale->gone - sale->sold);
  }
  report_speed("", hot);
  report_speed("sent_", sent);
  bench::report("orders_http", "oversold", static_cast<double>(oversold), "1");
  bench::report("orders_http", "orphaned", static_cast<double>(orphaned), "1");
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
