#include "api/show_figures.hpp"

#include "api/decode.hpp"

namespace geili::api {
namespace {

using net::bad_parameter;

constexpr std::int64_t kUtcOffsetMax_min = 14 * 60;

Result<FiguresQuery> decode(const net::Request& request,
                            std::initializer_list<std::string_view> known) {
  auto show = path_id<ShowTag>(request, "show_id");
  if (!show) return fail_as(show);
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  if (auto named = query->check_names(known); !named) return fail_as(named);
  const auto shop = query->id("shop_id");
  if (!shop) return std::unexpected(shop.error());
  auto paper = decode_paper(*query);
  if (!paper) return fail_as(paper);
  FiguresQuery figures{.show = *show, .shop = std::nullopt, .paper = *paper};
  if (*shop) figures.shop = ShopId{**shop};
  return figures;
}

}  // namespace

Result<PaperQuery> decode_paper(const net::Query& query) {
  PaperQuery paper;
  if (const auto tag = query.text("language")) {
    const auto language = paper::parse_language(*tag);
    if (!language) return bad_parameter("language", "is not one of the languages");
    paper.language = *language;
  }
  auto offset = query.integer("utc_offset_min", -kUtcOffsetMax_min, kUtcOffsetMax_min);
  if (!offset) return fail_as(offset);
  paper.utc_offset = std::chrono::minutes(offset->value_or(0));
  return paper;
}

Result<FiguresQuery> decode_figures(const net::Request& request) {
  return decode(request, {"shop_id"});
}

Result<FiguresQuery> decode_printed_figures(const net::Request& request) {
  return decode(request, {"shop_id", "language", "utc_offset_min"});
}

Result<FiguresOf> figures_of(store::Tx& tx, const FiguresQuery& query, const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  auto show = shows::find_show(tx, query.show);
  if (!show) return fail_as(show);
  const ShopId shop = query.shop.value_or(show->shop);
  const auto actor = caller.authorise(tx, identity::Action::see_books, shop);
  if (!actor) return std::unexpected(actor.error());
  return FiguresOf{*std::move(show), shop};
}

}  // namespace geili::api
