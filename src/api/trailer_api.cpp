// What is shown while people wait for a show: /shows/{show_id}/trailer.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "shows/trailer.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

// PUT

struct Choice {
  ShowId show;
  shows::Trailer trailer;
};

Result<Choice> decode_choice(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  Choice choice{.show = *show, .trailer = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    choice.trailer.recorded = ShowId{body.id("recorded_show_id")};
    choice.trailer.clip = body.text("clip", {.min_length = 1, .max_length = shows::kClipNameMax});
  });
  if (!read) return fail_as(read);
  return choice;
}

Result<ShowView> run_set(store::Tx& tx, const Choice& choice, const Caller& caller) {
  const auto own = own_show(tx, choice.show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return viewed_show(tx, noted(tx, caller,
                               Deed{.shop = own->shop,
                                    .action = "trailer-chosen",
                                    .subject = identity::subject_of("show", choice.show.value)},
                               shows::set_trailer(tx, choice.show, choice.trailer)));
}

awaitable<Response> set_trailer(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto choice = decode_choice(request);
  if (!choice) co_return problem(choice.error());
  // Who may choose is known before anybody hears which clips there are.
  auto allow = [show = choice->show, caller = Caller::of(request, *context->clock)](store::Tx& tx) {
    return own_show(tx, show, caller, Action::run_shows);
  };
  const auto allowed = co_await store::write(*context->database, allow);
  if (!allowed) co_return problem(allowed.error());
  const auto file =
      co_await context->recordings->clip_file(choice->trailer.recorded, choice->trailer.clip);
  if (!file) co_return problem(file.error());
  auto answer = co_await answer_show(
      context, Endpoint<Choice, ShowView>{Job::write, decode_choice, run_set, nullptr},
      std::move(request));
  co_return answer;
}

// DELETE

Result<ShowView> run_remove(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return viewed_show(tx, noted(tx, caller,
                               Deed{.shop = own->shop,
                                    .action = "trailer-removed",
                                    .subject = identity::subject_of("show", show.value)},
                               shows::remove_trailer(tx, show)));
}

}  // namespace

void add_trailer_routes(net::Router& router, const Context& context) {
  const std::string trailer = "/api/v1/shows/{show_id}/trailer";
  router.add({Method::put, trailer, "setTrailer", [context = &context](Request request) {
                return set_trailer(context, std::move(request));
              }});
  router.add({Method::del, trailer, "removeTrailer",
              show_handler(context, Endpoint<ShowId, ShowView>{Job::write, decode_show, run_remove,
                                                               nullptr})});
}

}  // namespace geili::api
