// A show for the buyer's calendar: /shows/{show_id}/calendar.ics.

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "shows/calendar.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using net::Request;
using net::Response;

awaitable<Response> get_calendar(const Context* context, Request request) {
  const auto id = path_id<ShowTag>(request, "show_id");
  if (!id) co_return problem(id.error());
  auto job = [id = *id](store::Tx& tx) -> Result<ShowView> {
    auto show = shows::find_show(tx, id);
    if (!show) return fail_as(show);
    return show_view(tx, std::move(*show), WithBag::no);
  };
  auto view = co_await store::read(*context->database, job);
  if (!view) co_return problem(view.error());
  const std::string origin = origin_of(request, context->public_origin);
  co_return file_download(
      shows::calendar_of(view->show, {.shop_name = view->shop.name, .origin = origin},
                         context->clock->now()),
      "text/calendar; charset=utf-8", "show-" + std::to_string(id->value) + ".ics");
}

}  // namespace

void add_show_calendar_routes(net::Router& router, const Context& context) {
  router.add({net::Method::get, "/api/v1/shows/{show_id}/calendar.ics", "getShowCalendar",
              [context = &context](Request request) {
                return get_calendar(context, std::move(request));
              }});
}

}  // namespace geili::api
