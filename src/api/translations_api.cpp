// POST /shows/{show_id}/messages/{seq}/translation: words of the chat in another language. What is
// translated is named by its number, never sent: only what the room shows can be asked for.

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>

#include "api/caller.hpp"
#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/live_rooms.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "api/translations.hpp"
#include "base/household.hpp"
#include "base/language.hpp"
#include "live/await.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using net::Request;
using net::Response;
using translation::Translation;
using translation::Wording;

struct Wish {
  ShowId show;
  std::int64_t seq = 0;
  std::string to;
};

Result<Wish> decode_wish(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  const auto seq = path_number(request, "seq");
  if (!seq) return std::unexpected(seq.error());
  Wish wish{.show = *show, .seq = *seq, .to = {}};
  auto read =
      read_body(request, [&](net::ObjectReader& body) { wish.to = read_language(body, "to"); });
  if (!read) return fail_as(read);
  return wish;
}

Result<void> check_translation_pace(const Translations& translations, const Caller& caller) {
  const std::string& name =
      caller.device_token.empty() ? caller.session_token : caller.device_token;
  auto wait = translations.by_address->take(household_of(caller.address));
  if (!name.empty() && wait == std::chrono::microseconds::zero()) {
    wait = translations.by_device->take(name);
  }
  if (wait == std::chrono::microseconds::zero()) return {};
  return fail(Error::make(ErrorKind::rate_limited, "rate-limited", "Too many translations.")
                  .with("retry_after_s", std::chrono::ceil<std::chrono::seconds>(wait).count()));
}

awaitable<Result<live::ChatMessage>> find_shown(const Context* context, const Wish* wish) {
  auto open = co_await ensure_room(context, wish->show);
  if (!open) co_return fail_as(open);
  auto event = co_await live::message(context->hub, wish->show, wish->seq);
  if (!event) co_return fail_as(event);
  co_return std::get<live::ChatMessage>((*event)->body);
}

awaitable<Result<Translation>> translate(translation::Interpreter* interpreter, Wording wording) {
  auto slot = std::make_shared<std::optional<Result<Translation>>>();
  auto initiate = [interpreter, slot, wording = std::move(wording)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = boost::asio::get_associated_executor(*shared);
    interpreter->translate(std::move(wording),
                           [slot, shared, executor](Result<Translation> result) {
                             slot->emplace(std::move(result));
                             boost::asio::post(executor, [shared] { (*shared)(); });
                           });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
      std::move(initiate), boost::asio::use_awaitable);
  co_return std::move(**slot);
}

Response encode_translation(const Translation& made, const std::string& to) {
  json::object body{{"text", made.text}, {"to", to}};
  if (!made.from.empty()) body["from"] = made.from;
  return json_response(body);
}

awaitable<Response> translate_message(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto wish = decode_wish(request);
  if (!wish) co_return problem(wish.error());
  const Translations* translations = context->translations;
  if (translations == nullptr) {
    co_return problem(Error::make(ErrorKind::conflict, "translation-off",
                                  "This installation translates nothing."));
  }
  const auto paced = check_translation_pace(*translations, Caller::of(request, *context->clock));
  if (!paced) co_return problem(paced.error());
  auto message = co_await find_shown(context, &*wish);
  if (!message) co_return problem(message.error());
  if (message->language == wish->to || message->language == kNoLanguage) {
    const Translation as_it_is{.text = message->text, .from = message->language};
    co_return encode_translation(as_it_is, wish->to);
  }
  Wording wording{.text = message->text, .from = message->language, .to = wish->to};
  const auto made = co_await translate(translations->interpreter, std::move(wording));
  if (!made) co_return problem(made.error());
  co_return encode_translation(*made, wish->to);
}

}  // namespace

void add_translation_routes(net::Router& router, const Context& context) {
  router.add({net::Method::post, "/api/v1/shows/{show_id}/messages/{seq}/translation",
              "translateMessage", [context = &context](Request request) {
                return translate_message(context, std::move(request));
              }});
}

}  // namespace geili::api
