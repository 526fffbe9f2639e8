#include "api/draw_log_json.hpp"

#include "api/encode.hpp"
#include "net/json_reader.hpp"
#include "shows/draw.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kTimeMax_us = std::int64_t{1} << 60;
constexpr TextRule kHash{.min_length = 64, .max_length = 64};
constexpr TextRule kMark{.min_length = 1, .max_length = 64};

Bytes hex(net::ObjectReader& body, std::string_view name) {
  const auto bytes = from_hex(body.text(name, kHash));
  if (!bytes) body.fault(name, "is not hexadecimal");
  return bytes.value_or(Bytes());
}

void read_log(net::ObjectReader& body, shows::DrawLog& log) {
  log.terms.show = ShowId{body.id("show_id")};
  log.terms.draw = DrawId{body.id("draw_id")};
  log.terms.prize = body.text("prize", {.min_length = 1, .max_length = shows::kPrizeMax});
  log.terms.winners_max = body.integer("winners_max", 1, shows::kDrawWinnersMax);
  log.terms.opened_at.us = body.integer("opened_at_us", 0, kTimeMax_us);
  log.terms.commitment = hex(body, "commitment");
  log.seed = hex(body, "seed");
  log.is_cancelled = body.optional_boolean("is_cancelled").value_or(false);
  body.objects("entries", 0, shows::kDrawEntriesMax, [&](net::ObjectReader& entry) {
    log.entries.push_back({.number = entry.integer("number", 1, shows::kDrawEntriesMax),
                           .mark = entry.text("mark", kMark),
                           .entered_at = Instant{entry.integer("entered_at_us", 0, kTimeMax_us)},
                           .hash = hex(entry, "hash")});
  });
  log.winners = body.ids("winners", shows::kDrawWinnersMax);
}

}  // namespace

json::object to_json(const shows::DrawLog& log) {
  json::array entries;
  entries.reserve(log.entries.size());
  for (const shows::DrawEntry& entry : log.entries) {
    entries.push_back({{"number", entry.number},
                       {"mark", entry.mark},
                       {"entered_at_us", entry.entered_at.us},
                       {"hash", to_hex(entry.hash)}});
  }
  json::array winners;
  for (const std::int64_t number : log.winners)
    winners.push_back(json::string(std::to_string(number)));
  return {{"show_id", id_json(log.terms.show)},
          {"draw_id", id_json(log.terms.draw)},
          {"prize", log.terms.prize},
          {"winners_max", log.terms.winners_max},
          {"opened_at_us", log.terms.opened_at.us},
          {"commitment", to_hex(log.terms.commitment)},
          {"seed", to_hex(log.seed)},
          {"is_cancelled", log.is_cancelled},
          {"entries", std::move(entries)},
          {"winners", std::move(winners)}};
}

Result<shows::DrawLog> parse_draw_log(std::string_view text) {
  if (text.size() > kDrawLogBytesMax) {
    return fail(ErrorKind::too_large, "draw-log-too-large", "The log is larger than 8 MiB.");
  }
  shows::DrawLog log;
  auto read = net::read_object(text, [&](net::ObjectReader& body) { read_log(body, log); });
  if (!read) return fail_as(read);
  return log;
}

}  // namespace geili::api
