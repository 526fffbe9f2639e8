#include "api/decode.hpp"

#include <algorithm>
#include <vector>

#include "base/language.hpp"

namespace geili::api {
namespace {

// "application/json", whatever parameters follow it.
bool is_json(const net::Request& request) {
  constexpr std::string_view kJson = "application/json";
  const auto type = request.headers.find("Content-Type");
  if (!type || type->size() < kJson.size()) return false;
  const bool same = std::ranges::equal(type->substr(0, kJson.size()), kJson, {}, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return same && (type->size() == kJson.size() || (*type)[kJson.size()] == ';' ||
                  (*type)[kJson.size()] == ' ');
}

}  // namespace

Result<std::int64_t> path_number(const net::Request& request, std::string_view name) {
  const auto number = parse_id(request.path_parameter(name));
  if (!number) return fail(ErrorKind::not_found, "not-found", "There is nothing of this name.");
  return *number;
}

Result<std::string> idempotency_key(const net::Request& request) {
  constexpr std::size_t kLeast = 8;
  constexpr std::size_t kMost = 64;
  const auto key = request.headers.find("Idempotency-Key");
  const auto is_sign = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (key && key->size() >= kLeast && key->size() <= kMost && std::ranges::all_of(*key, is_sign)) {
    return std::string(*key);
  }
  return net::bad_parameter("Idempotency-Key",
                            "is missing, or not 8 to 64 letters, digits, - and _");
}

Result<ListQuery> list_query(const net::Request& request,
                             std::initializer_list<std::string_view> filters) {
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  std::vector<std::string_view> known(filters);
  known.insert(known.end(), {"cursor", "limit"});
  const auto named = query->check_names(known);
  if (!named) return std::unexpected(named.error());
  const auto limit = query->integer("limit", 1, kPageLimitMax);
  if (!limit) return std::unexpected(limit.error());
  PageRequest page{.cursor = query->text("cursor").value_or(""),
                   .limit = static_cast<int>(limit->value_or(kPageLimitDefault))};
  return ListQuery{.page = std::move(page), .query = std::move(*query)};
}

Result<void> read_body(const net::Request& request, const net::ObjectReader::Read& read) {
  if (!is_json(request)) {
    return fail(ErrorKind::unsupported_media, "media-type-unsupported", "Send application/json.");
  }
  return net::read_object(request.body, read);
}

Result<std::int64_t> expected_version(const net::Request& request) {
  const auto tag = request.headers.find("If-Match");
  if (!tag) {
    return fail(ErrorKind::precondition_required, "if-match-missing",
                "Send If-Match with the ETag that was read.");
  }
  const bool quoted = tag->size() > 2 && tag->front() == '"' && tag->back() == '"';
  const std::string_view inner = quoted ? tag->substr(1, tag->size() - 2) : std::string_view();
  const auto version = parse_id(inner.substr(0, inner.find('-')));
  if (!version) {
    return fail(ErrorKind::precondition, "version-mismatch", "If-Match is not one of our ETags.");
  }
  return *version;
}

std::optional<std::string> optional_language(net::ObjectReader& body, std::string_view name) {
  auto tag = body.optional_text(name, {.min_length = kLanguageMin, .max_length = kLanguageMax});
  if (!tag || tag->empty() || is_language(*tag)) return tag;
  body.fault(name, "is not a language: two or three small letters");
  return std::string();
}

std::string read_language(net::ObjectReader& body, std::string_view name) {
  auto tag = optional_language(body, name);
  if (!tag) body.fault(name, "is missing");
  return std::move(tag).value_or("");
}

Currency read_currency(net::ObjectReader& reader, std::string_view name) {
  const std::string code = reader.text(name, {.max_length = 3});
  const auto currency = Currency::parse(code);
  if (!currency && !code.empty()) reader.fault(name, "is not a currency we know (ISO 4217)");
  return currency.value_or(*Currency::parse("CNY"));
}

Money read_money(net::ObjectReader& reader, std::string_view name) {
  Money money{0, *Currency::parse("CNY")};
  reader.object(name, [&](net::ObjectReader& inner) {
    money.minor = inner.integer("minor", 0, kMoneyMinorMax);
    money.currency = read_currency(inner, "currency");
  });
  return money;
}

catalog::NewShop read_new_shop(net::ObjectReader& reader) {
  catalog::NewShop shop{.currency = *Currency::parse("CNY")};
  shop.name = reader.text("name", {.min_length = 1, .max_length = catalog::kShopNameMax});
  shop.village = reader.optional_text("village", {.max_length = catalog::kVillageMax}).value_or("");
  shop.description = reader
                         .optional_text("description", {.max_length = catalog::kShopDescriptionMax,
                                                        .lines = Lines::multiple})
                         .value_or("");
  shop.pickup = reader.optional_text("pickup", {.max_length = catalog::kPickupMax}).value_or("");
  shop.currency = read_currency(reader, "currency");
  return shop;
}

}  // namespace geili::api
