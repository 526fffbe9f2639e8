// Packing: /shops/{shop_id}/parcels, their states and their papers.

#include <algorithm>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/shipping_views.hpp"
#include "catalog/product.hpp"
#include "catalog/shop.hpp"
#include "flows/parcels.hpp"
#include "shipping/papers.hpp"
#include "shows/show.hpp"
#include "stock/claim.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;
using shipping::ParcelId;
using shipping::ParcelState;

// Of one file: it is made in about a tenth of a second, while other reads wait.
constexpr std::size_t kPrintMax = 100;

// GET /shops/{shop_id}/parcels

struct List {
  ShopId shop;
  shipping::ParcelFilter filter;
  PageRequest page;
};

Result<List> decode_list(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  auto query = list_query(request, {"state", "show_id"});
  if (!query) return fail_as(query);
  List list{.shop = *shop, .page = std::move(query->page)};
  if (const auto word = query->query.text("state")) {
    list.filter.state = shipping::parse_parcel_state(*word);
    if (!list.filter.state) {
      return net::bad_parameter("state", "is not one of the allowed words");
    }
  }
  const auto show = query->query.id("show_id");
  if (!show) return std::unexpected(show.error());
  if (*show) list.filter.show = ShowId{**show};
  return list;
}

Result<Page<ParcelView>> run_list(store::Tx& tx, const List& list, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::see_orders, list.shop);
  if (!actor) return std::unexpected(actor.error());
  auto parcels = shipping::list_parcels(tx, list.shop, list.filter, list.page);
  if (!parcels) return fail_as(parcels);
  return page_of(std::move(*parcels),
                 [&](shipping::Parcel parcel) { return parcel_view(tx, std::move(parcel)); });
}

net::Response encode_list(const Page<ParcelView>& page, const net::Request& request) {
  return page_response(page, request, [](const ParcelView& view) { return to_json(view); });
}

// One parcel: its state, and how it was handed over.

struct One {
  ShopId shop;
  ParcelId parcel;
  ParcelState state = ParcelState::packed;
  shipping::Handover handover;
};

Result<One> decode_one(const net::Request& request) {
  const auto named = path_ids<ShopTag, shipping::ParcelTag>(request, "shop_id", "parcel_id");
  if (!named) return std::unexpected(named.error());
  return One{.shop = named->owner, .parcel = named->id, .handover = {}};
}

Result<One> decode_state(const net::Request& request) {
  auto one = decode_one(request);
  if (!one) return one;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    const std::string word = body.text("state", {.min_length = 1, .max_length = 20});
    const auto state = shipping::parse_parcel_state(word);
    const bool is_settable =
        state && *state != ParcelState::shipped && *state != ParcelState::cancelled;
    if (!is_settable && !word.empty()) body.fault("state", "is not one of the allowed words");
    one->state = state.value_or(ParcelState::packed);
  });
  if (!read) return fail_as(read);
  return one;
}

Result<One> decode_handover(const net::Request& request) {
  auto one = decode_one(request);
  if (!one) return one;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    auto& handover = one->handover;
    handover.carrier =
        body.optional_text("carrier", {.max_length = shipping::kNameMax}).value_or("");
    handover.tracking_number =
        body.optional_text("tracking_number", {.max_length = shipping::kTrackingNumberMax})
            .value_or("");
    handover.weighed_g = body.optional_integer("weighed_g", 1, shipping::kWeightMaxG);
  });
  if (!read) return fail_as(read);
  return one;
}

Result<ParcelView> viewed(store::Tx& tx, Result<shipping::Parcel> parcel) {
  if (!parcel) return fail_as(parcel);
  return parcel_view(tx, *std::move(parcel));
}

Deed deed_of(const One& one, std::string_view action, std::string_view detail) {
  return {one.shop, action, identity::subject_of("parcel", one.parcel.value), std::string(detail)};
}

Result<ParcelView> run_state(store::Tx& tx, const One& one, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::advance_orders, one.shop);
  if (!actor) return std::unexpected(actor.error());
  return viewed(tx,
                noted(tx, caller, deed_of(one, "parcel-state-changed", to_text(one.state)),
                      flows::set_parcel_state(tx, one.shop, one.parcel, one.state, *caller.clock)));
}

Result<ParcelView> run_handover(store::Tx& tx, const One& one, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::advance_orders, one.shop);
  if (!actor) return std::unexpected(actor.error());
  return viewed(
      tx, noted(tx, caller, deed_of(one, "parcel-handed-over", one.handover.tracking_number),
                flows::hand_over_parcel(tx, one.shop, one.parcel, one.handover, *caller.clock)));
}

net::Response encode_parcel(const ParcelView& view, const net::Request&) {
  return json_response(to_json(view));
}

// POST /shops/{shop_id}/parcel-papers

enum class Paper : std::uint8_t { slip, label, pick_list };

struct Print {
  ShopId shop;
  Paper paper = Paper::slip;
  shipping::SlipLayout layout = shipping::SlipLayout::a6;
  std::vector<ParcelId> parcels;  // none: those that were not printed yet
  std::optional<ShowId> show;
  std::string origin;  // of the order's link
};

struct Printed {
  Bytes pdf;
  std::vector<ParcelId> parcels;
};

template <class T, std::size_t Size>
T read_choice(net::ObjectReader& body, std::string_view name,
              const std::array<std::string_view, Size>& words) {
  const std::string word =
      body.optional_text(name, {.max_length = 20}).value_or(std::string(words.front()));
  const auto at = std::ranges::find(words, word);
  if (at == words.end()) {
    body.fault(name, "is not one of the allowed words");
    return T{};
  }
  return static_cast<T>(at - words.begin());
}

Result<Print> decode_print(const net::Request& request, const std::string& public_origin) {
  constexpr std::array<std::string_view, 3> kPapers{"slip", "label", "pick_list"};
  constexpr std::array<std::string_view, 3> kLayouts{"a6", "a4", "four_a6_on_a4"};
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  Print print{.shop = *shop, .origin = origin_of(request, public_origin)};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    print.paper = read_choice<Paper>(body, "paper", kPapers);
    print.layout = read_choice<shipping::SlipLayout>(body, "layout", kLayouts);
    if (body.has("parcel_ids")) {
      for (const std::int64_t id : body.ids("parcel_ids", kPrintMax)) {
        print.parcels.push_back(ParcelId{id});
      }
      if (print.parcels.empty()) body.fault("parcel_ids", "is empty");
    }
    if (const auto show = body.optional_id("show_id")) print.show = ShowId{*show};
  });
  if (!read) return fail_as(read);
  return print;
}

// What is to be fetched for: the open parcels.
Result<std::vector<shipping::Parcel>> open_parcels(store::Tx& tx, const Print& print) {
  auto open =
      shipping::list_parcels(tx, print.shop, {.show = print.show, .state = ParcelState::open},
                             {.limit = static_cast<int>(kPrintMax)});
  if (!open) return fail_as(open);
  return std::move(open->items);
}

Result<std::vector<shipping::Parcel>> chosen_parcels(store::Tx& tx, const Print& print) {
  if (print.parcels.empty()) {
    if (print.paper == Paper::pick_list) return open_parcels(tx, print);
    const auto paper =
        print.paper == Paper::slip ? shipping::ParcelPaper::slip : shipping::ParcelPaper::label;
    return shipping::parcels_to_print(tx, print.shop, print.show, paper, kPrintMax);
  }
  std::vector<shipping::Parcel> parcels;
  for (const ParcelId id : print.parcels) {
    auto parcel = shipping::find_parcel(tx, print.shop, id);
    if (!parcel) return fail_as(parcel);
    parcels.push_back(*std::move(parcel));
  }
  return parcels;
}

// What the line's claim took of the parts of a bundle.
std::vector<shipping::SlipPart> parts_of(store::Tx& tx, const orders::OrderLine& line) {
  std::vector<shipping::SlipPart> parts;
  for (const stock::Part& part : stock::parts_taken(tx, line.claim)) {
    const auto offer = catalog::find_offer(tx, part.product);
    parts.push_back({.product = part.product,
                     .title = offer ? offer->title : std::string(),
                     .quantity = part.quantity * line.quantity});
  }
  return parts;
}

// An order may lie in several parcels: each slip comes to what lies there.
void add_split(store::Tx& tx, const shipping::Parcel& parcel, const orders::Order& order,
               shipping::SlipParcel& slip) {
  const auto parcels = shipping::parcels_of_order(tx, parcel.shop, order.id);
  const auto discounts = flows::discount_by_parcel(order, parcels);
  std::int64_t elsewhere = 0;
  for (std::size_t i = 0; i < parcels.size(); ++i) {
    if (parcels[i].id == parcel.id) {
      slip.discount_minor += discounts[i];
      continue;
    }
    for (const shipping::ParcelOrder& one : parcels[i].orders) {
      if (one.order == order.id) elsewhere += one.load.goods_minor;
    }
  }
  slip.goods_elsewhere_minor += elsewhere;
}

shipping::SlipParcel slip_of(store::Tx& tx, const ParcelView& view, const std::string& origin) {
  const shipping::Parcel& parcel = view.parcel;
  shipping::SlipParcel slip{
      .box = parcel.number,
      .to = parcel.to,
      .items = {},
      .note = {},
      .shipping_paid_minor = parcel.shipping_paid_minor(),
      .service = parcel.service.empty() ? parcel.carrier : parcel.carrier + " " + parcel.service,
      .tracking_number = parcel.tracking_number,
      .weight_g = parcel.weighed_g.value_or(parcel.load().weight_g)};
  for (const orders::Order& order : view.orders) {
    for (const orders::OrderLine& line : order.lines) {
      slip.items.push_back({.product = line.product,
                            .title = line.title,
                            .order_number = order.number,
                            .quantity = line.quantity,
                            .unit_price = line.unit_price,
                            .parts = parts_of(tx, line)});
    }
    add_split(tx, parcel, order, slip);
    if (!order.note.empty()) slip.note += (slip.note.empty() ? "" : "\n") + order.note;
  }
  if (!view.orders.empty()) slip.order_link = origin + "/order#" + view.orders.front().token;
  return slip;
}

Result<shipping::PaperRequest> paper_request(store::Tx& tx, const Print& print, Instant now) {
  auto shop = catalog::find_shop(tx, print.shop);
  if (!shop) return fail_as(shop);
  const auto set = shipping::find_settings(tx, print.shop);
  const shipping::Settings settings = set ? *set : first_settings(shop->currency);
  shipping::PaperRequest request{.sender = {.shop = std::move(shop->name),
                                            .show = {},
                                            .address = settings.sender_address,
                                            .country = settings.origin_country},
                                 .language = settings.paper_language,
                                 .created_at = now};
  if (!print.show) return request;
  auto show = shows::find_show(tx, *print.show);
  const auto is_guest = [&] {
    return !orders::list_by_shop(tx, print.shop, {.show = print.show}, {.limit = 1})->items.empty();
  };
  if (!show || (show->shop != print.shop && !is_guest())) {
    return fail(Error::invalid_field("/show_id", "is not a show of this shop"));
  }
  request.sender.show = std::move(show->title);
  return request;
}

Result<Bytes> to_pdf(const Print& print, const std::vector<shipping::SlipParcel>& slips,
                     const shipping::PaperRequest& request) {
  switch (print.paper) {
    case Paper::slip:
      return shipping::packing_slips_pdf(slips, request, print.layout);
    case Paper::label:
      return shipping::address_labels_pdf(slips, request);
    case Paper::pick_list:
      break;
  }
  return shipping::pick_list_pdf(slips, request);
}

Result<Printed> run_print(store::Tx& tx, const Print& print, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::advance_orders, print.shop);
  if (!actor) return std::unexpected(actor.error());
  auto request = paper_request(tx, print, caller.clock->now());
  if (!request) return fail_as(request);
  auto parcels = chosen_parcels(tx, print);
  if (!parcels) return fail_as(parcels);
  Printed printed;
  std::vector<shipping::SlipParcel> slips;
  for (shipping::Parcel& parcel : *parcels) {
    printed.parcels.push_back(parcel.id);
    auto view = parcel_view(tx, std::move(parcel));
    if (!view) return fail_as(view);
    slips.push_back(slip_of(tx, *view, print.origin));
  }
  auto pdf = to_pdf(print, slips, *request);
  if (!pdf) return fail_as(pdf);
  printed.pdf = *std::move(pdf);
  return printed;
}

net::Response pdf_response(const Bytes& pdf) {
  net::Response response;
  response.headers.set("Content-Type", "application/pdf");
  response.headers.set("Cache-Control", "no-store");
  response.body = std::string(as_text(pdf));
  return response;
}

Result<bool> note_printed(store::Tx& tx, const Print& print,
                          const std::vector<shipping::ParcelId>& parcels, const Caller& caller) {
  // Once more: nothing is noted of somebody who has left meanwhile.
  const auto actor = caller.authorise(tx, Action::advance_orders, print.shop);
  if (!actor) return std::unexpected(actor.error());
  if (print.paper != Paper::pick_list) {
    shipping::note_printed(
        tx, print.shop, parcels,
        print.paper == Paper::slip ? shipping::ParcelPaper::slip : shipping::ParcelPaper::label,
        caller.clock->now());
  }
  note_deed(tx, caller, print.shop, "parcels-printed",
            identity::subject_of("shop", print.shop.value), std::to_string(parcels.size()));
  return true;
}

// The file is made on a thread of the store's, from what it read; then it is noted that it was.
boost::asio::awaitable<net::Response> answer_print(const Context* context, net::Request request) {
  const Caller caller = Caller::of(request, *context->clock);
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto print = decode_print(request, context->public_origin);
  if (!print) co_return problem(print.error());
  auto printing = [print = *print, caller](store::Tx& tx) { return run_print(tx, print, caller); };
  auto printed = co_await store::read(*context->database, std::move(printing));
  if (!printed) co_return problem(printed.error());
  auto noting = [print = *print, parcels = printed->parcels, caller](store::Tx& tx) {
    return note_printed(tx, print, parcels, caller);
  };
  auto noted = co_await store::write(*context->database, std::move(noting));
  if (!noted) co_return problem(noted.error());
  co_return pdf_response(printed->pdf);
}

}  // namespace

void add_parcel_routes(net::Router& router, const Context& context) {
  const std::string of_shop = "/api/v1/shops/{shop_id}/parcels";
  router.add({Method::get, of_shop, "listParcels",
              handler(context, Endpoint<List, Page<ParcelView>>{Job::read, decode_list, run_list,
                                                                encode_list})});
  router.add({Method::put, of_shop + "/{parcel_id}/state", "setParcelState",
              handler(context, Endpoint<One, ParcelView>{Job::write, decode_state, run_state,
                                                         encode_parcel})});
  router.add({Method::put, of_shop + "/{parcel_id}/handover", "handOverParcel",
              handler(context, Endpoint<One, ParcelView>{Job::write, decode_handover, run_handover,
                                                         encode_parcel})});
  router.add({Method::post, "/api/v1/shops/{shop_id}/parcel-papers", "printParcels",
              [context = &context](net::Request request) {
                return answer_print(context, std::move(request));
              }});
}

}  // namespace geili::api
