// Shows that come again: /shows/{show_id}/repeat.

#include <algorithm>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "shows/series.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;
using net::Request;

struct Wish {
  ShowId show;
  shows::Repeat repeat;
};

constexpr std::size_t kWeekdaysMax = 7;

std::vector<shows::Weekday> read_weekdays(net::ObjectReader& body) {
  std::vector<shows::Weekday> days;
  for (const std::string& word : body.words("weekdays", 1, kWeekdaysMax)) {
    const auto day = shows::parse_weekday(word);
    if (!day) {
      body.fault("weekdays", "holds a word that is not allowed");
    } else if (std::ranges::find(days, *day) == days.end()) {
      days.push_back(*day);
    }
  }
  std::ranges::sort(days);
  return days;
}

Result<Wish> decode_wish(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  Wish wish{.show = *show, .repeat = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    wish.repeat.weekdays = read_weekdays(body);
    wish.repeat.time_zone =
        body.text("time_zone", {.min_length = 1, .max_length = shows::kTimeZoneMax});
    wish.repeat.until = body.optional_instant("until");
    wish.repeat.left = body.optional_integer("times", 1, shows::kRepeatsMax);
  });
  if (!read) return fail_as(read);
  return wish;
}

Result<ShowView> run_repeat(store::Tx& tx, const Wish& wish, const Caller& caller) {
  const auto own = own_show(tx, wish.show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  const auto series = noted(tx, caller,
                            Deed{.shop = own->shop,
                                 .action = "show-repeated",
                                 .subject = identity::subject_of("show", wish.show.value)},
                            shows::repeat_show(tx, wish.show, wish.repeat));
  if (!series) return std::unexpected(series.error());
  return viewed_show(tx, shows::touch_show(tx, wish.show));
}

Result<ShowView> run_stop(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  shows::stop_series(tx, show, caller.clock->now());
  note_deed(tx, caller, own->shop, "show-repeats-no-more",
            identity::subject_of("show", show.value));
  return viewed_show(tx, shows::touch_show(tx, show));
}

}  // namespace

void add_repeat_routes(net::Router& router, const Context& context) {
  const std::string repeat = "/api/v1/shows/{show_id}/repeat";
  router.add({Method::put, repeat, "repeatShow",
              show_handler(context, Endpoint<Wish, ShowView>{Job::write, decode_wish, run_repeat,
                                                             nullptr})});
  router.add({Method::del, repeat, "endRepeats",
              show_handler(context, Endpoint<ShowId, ShowView>{Job::write, decode_show, run_stop,
                                                               nullptr})});
}

}  // namespace geili::api
