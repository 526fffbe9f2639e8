#include "api/auction_log_json.hpp"

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "net/json_reader.hpp"
#include "shows/auction.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kTimeMax_us = std::int64_t{1} << 60;
constexpr std::int64_t kMinorMax = kMoneyMinorMax;
constexpr std::size_t kTitleMax = 200;

Bytes read_hash(net::ObjectReader& body) {
  const auto bytes = from_hex(body.text("hash", {.min_length = 64, .max_length = 64}));
  if (!bytes) body.fault("hash", "is not hexadecimal");
  return bytes.value_or(Bytes());
}

Instant read_time(net::ObjectReader& body, std::string_view name) {
  return Instant{body.integer(name, 0, kTimeMax_us)};
}

void read_terms(net::ObjectReader& body, shows::AuctionTerms& terms) {
  terms.show = ShowId{body.id("show_id")};
  terms.auction = shows::AuctionId{body.id("auction_id")};
  terms.product = ProductId{body.id("product_id")};
  terms.title = body.text("title", {.min_length = 1, .max_length = kTitleMax});
  terms.currency = read_currency(body, "currency").code();
  terms.start_minor = body.integer("start_minor", 1, kMinorMax);
  terms.step_minor = body.integer("step_minor", 1, kMinorMax);
  terms.mode = read_word(body, "mode", shows::parse_auction_mode);
  terms.extend = std::chrono::seconds(body.integer("extend_s", 0, shows::kAuctionExtendMax_s));
  terms.opened_at = read_time(body, "opened_at_us");
  terms.first_close_at = read_time(body, "first_close_at_us");
  terms.last_close_at = read_time(body, "last_close_at_us");
}

void read_log(net::ObjectReader& body, shows::AuctionLog& log) {
  read_terms(body, log.terms);
  body.objects("lines", 0, shows::kAuctionLinesMax, [&](net::ObjectReader& line) {
    log.lines.push_back({.position = line.integer("position", 1, shows::kAuctionLinesMax),
                         .what = read_word(line, "what", shows::parse_auction_step),
                         .at = read_time(line, "at_us"),
                         .mark = line.text("mark", {.max_length = 64}),
                         .amount_minor = line.integer("amount_minor", 0, kMinorMax),
                         .closes_at = read_time(line, "closes_at_us"),
                         .hash = read_hash(line)});
  });
}

}  // namespace

json::object to_json(const shows::AuctionLog& log) {
  json::array lines;
  lines.reserve(log.lines.size());
  for (const shows::AuctionLine& line : log.lines) {
    lines.push_back({{"position", line.position},
                     {"what", json::string_view(shows::to_text(line.what))},
                     {"at_us", line.at.us},
                     {"mark", line.mark},
                     {"amount_minor", line.amount_minor},
                     {"closes_at_us", line.closes_at.us},
                     {"hash", to_hex(line.hash)}});
  }
  const shows::AuctionTerms& terms = log.terms;
  return {{"show_id", id_json(terms.show)},
          {"auction_id", id_json(terms.auction)},
          {"product_id", id_json(terms.product)},
          {"title", terms.title},
          {"currency", terms.currency},
          {"start_minor", terms.start_minor},
          {"step_minor", terms.step_minor},
          {"mode", json::string_view(shows::to_text(terms.mode))},
          {"extend_s", terms.extend.count()},
          {"opened_at_us", terms.opened_at.us},
          {"first_close_at_us", terms.first_close_at.us},
          {"last_close_at_us", terms.last_close_at.us},
          {"lines", std::move(lines)}};
}

Result<shows::AuctionLog> parse_auction_log(std::string_view text) {
  if (text.size() > kAuctionLogBytesMax) {
    return fail(ErrorKind::too_large, "auction-log-too-large", "The log is larger than 8 MiB.");
  }
  shows::AuctionLog log;
  auto read = net::read_object(text, [&](net::ObjectReader& body) { read_log(body, log); });
  if (!read) return fail_as(read);
  return log;
}

}  // namespace geili::api
