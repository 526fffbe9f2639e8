#pragma once
// What many requests have in common: identities in the path, pages, If-Match.

#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "catalog/shop.hpp"
#include "net/http.hpp"
#include "net/json_reader.hpp"
#include "net/query.hpp"

namespace geili::api {

inline constexpr std::size_t kPasswordBytesMax = 512;  // 128 characters of any alphabet
inline constexpr std::size_t kTokenBytesMax = 64;      // of a link

// Fails with not_found: what is not an identity names nothing.
Result<std::int64_t> path_number(const net::Request& request, std::string_view name);

template <class Tag>
Result<Id<Tag>> path_id(const net::Request& request, std::string_view name) {
  auto number = path_number(request, name);
  if (!number) return fail_as(number);
  return Id<Tag>{*number};
}

// Of a list request: cursor and limit, and no other parameters than `filters`.
struct ListQuery {
  PageRequest page;
  net::Query query;
};
Result<ListQuery> list_query(const net::Request& request,
                             std::initializer_list<std::string_view> filters = {});

// Reads the JSON body; fails with media-type-unsupported, json-invalid, invalid-field.
Result<void> read_body(const net::Request& request, const net::ObjectReader::Read& read);

// Fails with invalid-field: missing, or not 8 to 64 letters, digits, - and _.
Result<std::string> idempotency_key(const net::Request& request);

// The version in If-Match: fails with if-match-missing, version-mismatch (not one of our tags).
Result<std::int64_t> expected_version(const net::Request& request);

Money read_money(net::ObjectReader& reader, std::string_view name);
catalog::NewShop read_new_shop(net::ObjectReader& reader);

}  // namespace geili::api
