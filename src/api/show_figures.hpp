#pragma once
// What the requests for a show's figures have in common: whose figures, and how they are printed.

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "api/caller.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "net/http.hpp"
#include "net/query.hpp"
#include "paper/language.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::api {

// `language` and `utc_offset_min` of a query.
struct PaperQuery {
  paper::Language language = paper::Language::en;
  std::chrono::minutes utc_offset{0};
};
// Fails with invalid-field.
Result<PaperQuery> decode_paper(const net::Query& query);

// A show in the path, and `shop_id` in the query.
struct FiguresQuery {
  ShowId show;
  std::optional<ShopId> shop;  // none: whose show it is
  PaperQuery paper;
};
Result<FiguresQuery> decode_figures(const net::Request& request);
// With the words for paper, too.
Result<FiguresQuery> decode_printed_figures(const net::Request& request);

struct FiguresOf {
  shows::Show show;
  ShopId shop;
};
// For whoever may see the books of the shop. Fails with session-required, show-not-found,
// forbidden.
Result<FiguresOf> figures_of(store::Tx& tx, const FiguresQuery& query, const Caller& caller);

}  // namespace geili::api
