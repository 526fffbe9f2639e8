// Shows and their bags: /shows, /shops/{shop_id}/shows, /shows/{show_id}.

#include <algorithm>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/live_rooms.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/show.hpp"
#include "shows/show.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

constexpr TextRule kTitle{.min_length = 1, .max_length = shows::kShowTitleMax};

std::vector<ProductId> read_bag(net::ObjectReader& body) {
  std::vector<ProductId> bag;
  for (const std::int64_t id : body.ids("product_ids", shows::kBagMax)) bag.push_back({id});
  return bag;
}

// Other shops whose goods are in the bag and for whom the caller may speak.
std::vector<ShopId> guests_of(store::Tx& tx, const Caller& caller, ShopId own,
                              const std::vector<ProductId>& bag) {
  std::vector<ShopId> guests;
  for (const ProductId product : bag) {
    const auto offer = catalog::find_offer(tx, product);
    if (!offer || offer->shop == own || std::ranges::find(guests, offer->shop) != guests.end())
      continue;
    if (caller.authorise(tx, Action::edit_products, offer->shop)) guests.push_back(offer->shop);
  }
  return guests;
}

// GET /shows

struct List {
  shows::ShowFilter filter;
  PageRequest page;
};

Result<List> decode_list(const Request& request) {
  auto query = list_query(request, {"status", "shop_id"});
  if (!query) return fail_as(query);
  List list{.page = std::move(query->page)};
  if (const auto word = query->query.text("status")) {
    list.filter.status = shows::parse_show_status(*word);
    if (!list.filter.status) {
      return net::bad_parameter("status", "is not one of the allowed words");
    }
  }
  const auto shop = query->query.id("shop_id");
  if (!shop) return std::unexpected(shop.error());
  if (*shop) list.filter.shop = ShopId{**shop};
  return list;
}

Result<Page<ShowView>> run_list(store::Tx& tx, const List& list) {
  auto page = shows::list_shows(tx, list.filter, list.page);
  if (!page) return fail_as(page);
  return page_of(std::move(*page),
                 [&](shows::Show show) { return show_view(tx, std::move(show), WithBag::no); });
}

awaitable<Response> list_shows(const Context* context, Request request) {
  auto list = decode_list(request);
  if (!list) co_return problem(list.error());
  auto job = [list = *list](store::Tx& tx) { return run_list(tx, list); };
  auto page = co_await store::read(*context->database, job);
  if (!page) co_return problem(page.error());
  page->items = co_await decorated(context, std::move(page->items));
  co_return page_response(*page, request, [](const ShowView& view) { return to_json(view); });
}

// GET /shows/{show_id}

awaitable<Response> get_show(const Context* context, Request request) {
  auto [name, known] = ask_kept(context->answers, request, SameFor::everybody);
  if (known) co_return *std::move(known);
  const auto id = path_id<ShowTag>(request, "show_id");
  if (!id) co_return problem(id.error());
  auto job = [id = *id](store::Tx& tx) { return viewed_show(tx, shows::find_show(tx, id)); };
  const auto asked_at = std::chrono::steady_clock::now();
  auto read = co_await read_marked<ShowView>(context->database, job);
  if (!read.value) co_return problem(read.value.error());
  auto live = co_await decorated(context, std::move(*read.value));
  auto response = versioned(to_json(live), live.show.version, request);
  if (!name) co_return response;
  co_return context->answers->keep(*name, read.mark, std::move(response), asked_at);
}

// POST /shops/{shop_id}/shows

Result<flows::NewShow> decode_create(const Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  flows::NewShow create{.show = {.shop = *shop}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    create.show.title = body.text("title", kTitle);
    create.show.starts_at = body.instant("starts_at");
    if (body.has("product_ids")) create.bag = read_bag(body);
  });
  if (!read) return fail_as(read);
  return create;
}

Result<ShowView> run_create(store::Tx& tx, const flows::NewShow& create, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::run_shows, create.show.shop);
  if (!actor) return std::unexpected(actor.error());
  flows::NewShow show = create;
  show.guests = guests_of(tx, caller, show.show.shop, show.bag);
  auto made = flows::create_show(tx, show);
  if (made) {
    note_deed(tx, caller, made->shop, "show-created", identity::subject_of("show", made->id.value));
  }
  return viewed_show(tx, std::move(made));
}

Response encode_created(const ShowView& view, const Request& request) {
  return versioned(to_json(view), view.show.version, request, 201);
}

// PATCH /shows/{show_id}

struct Change {
  ShowId show;
  std::int64_t version = 0;
  flows::ShowChange change;
};

Result<Change> decode_change(const Request& request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) return std::unexpected(show.error());
  const auto version = expected_version(request);
  if (!version) return std::unexpected(version.error());
  Change change{.show = *show, .version = *version};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    change.change.show.title = body.optional_text("title", kTitle);
    change.change.show.starts_at = body.optional_instant("starts_at");
    if (body.has("product_ids")) change.change.bag = read_bag(body);
    if (body.has("is_for_series")) change.change.is_for_series = body.boolean("is_for_series");
    const auto& c = change.change;
    if (!c.show.title && !c.show.starts_at && !c.bag) body.fault("", "changes nothing");
  });
  if (!read) return fail_as(read);
  return change;
}

Result<ShowView> run_change(store::Tx& tx, const Change& change, const Caller& caller) {
  const auto own = own_show(tx, change.show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  flows::ShowChange wanted = change.change;
  if (wanted.bag) wanted.guests = guests_of(tx, caller, own->shop, *wanted.bag);
  auto changed = flows::change_show(tx, change.show, wanted, change.version, *caller.clock);
  if (changed) {
    note_deed(tx, caller, own->shop, "show-changed",
              identity::subject_of("show", change.show.value));
  }
  return viewed_show(tx, std::move(changed));
}

}  // namespace

void add_show_routes(net::Router& router, const Context& context) {
  router.add({Method::get, "/api/v1/shows", "listShows", [context = &context](Request request) {
                return list_shows(context, std::move(request));
              }});
  router.add(
      {Method::get, "/api/v1/shows/{show_id}", "getShow",
       [context = &context](Request request) { return get_show(context, std::move(request)); }});
  router.add({Method::post, "/api/v1/shops/{shop_id}/shows", "createShow",
              handler(context, Endpoint<flows::NewShow, ShowView>{Job::write, decode_create,
                                                                  run_create, encode_created})});
  router.add({Method::patch, "/api/v1/shows/{show_id}", "changeShow",
              show_handler(context, Endpoint<Change, ShowView>{Job::write, decode_change,
                                                               run_change, nullptr})});
}

}  // namespace geili::api
