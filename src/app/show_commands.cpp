#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

#include "api/auction_log_json.hpp"
#include "api/draw_log_json.hpp"
#include "app/commands.hpp"
#include "net/json_reader.hpp"

namespace geili::app {
namespace {

int no_log(const std::string& path, const Error& error) {
  std::fprintf(stderr, "geili: %s is no log of a draw or an auction: %s\n", path.c_str(),
               error.fields.empty()
                   ? error.detail.c_str()
                   : (error.fields[0].path + " " + error.fields[0].message).c_str());
  return 2;
}

int not_fair(const std::string& fault) {
  std::printf("NOT FAIR: %s.\n", fault.c_str());
  return 1;
}

int verify_draw(const std::string& path, std::string_view text) {
  const auto log = api::parse_draw_log(text);
  if (!log) return no_log(path, log.error());
  if (const auto fault = shows::fault_of(*log)) return not_fair(*fault);
  std::printf("Fair: %zu entries, the seed is that of the commitment.\n", log->entries.size());
  for (const std::int64_t number : log->winners) {
    std::printf("Winner: no. %lld, mark %s\n", static_cast<long long>(number),
                log->entries.at(static_cast<std::size_t>(number) - 1).mark.c_str());
  }
  return 0;
}

int verify_auction(const std::string& path, std::string_view text) {
  const auto log = api::parse_auction_log(text);
  if (!log) return no_log(path, log.error());
  if (const auto fault = shows::fault_of(*log)) return not_fair(*fault);
  const shows::AuctionOutcome outcome = shows::outcome_of(*log);
  std::printf("Fair: %lld bids, each in time and a step above the one before.\n",
              static_cast<long long>(outcome.bids));
  if (outcome.is_cancelled) std::printf("Called off: nobody has it.\n");
  if (!outcome.winner.empty()) {
    std::printf("Winner: mark %s, at %lld minor units of %s\n", outcome.winner.c_str(),
                static_cast<long long>(outcome.price_minor), log->terms.currency.c_str());
  }
  return 0;
}

bool is_auction(std::string_view text) {
  if (text.size() > api::kAuctionLogBytesMax) return false;
  const auto value = net::parse_json(text);
  return value && value->is_object() && value->get_object().contains("auction_id");
}

}  // namespace

int run_verify_show(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "geili: %s cannot be read.\n", path.c_str());
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return is_auction(text) ? verify_auction(path, text) : verify_draw(path, text);
}

}  // namespace geili::app
