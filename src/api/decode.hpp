#pragma once
// What many requests have in common: identities in the path, pages, If-Match.

#include <optional>
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
inline constexpr std::size_t kWordMax = 30;            // of those that the contract lists

// Fails with not_found: what is not an identity names nothing.
Result<std::int64_t> path_number(const net::Request& request, std::string_view name);

template <class Tag>
Result<Id<Tag>> path_id(const net::Request& request, std::string_view name) {
  auto number = path_number(request, name);
  if (!number) return fail_as(number);
  return Id<Tag>{*number};
}

// Of requests about one show or shop: {show_id}, {shop_id} of the path.
inline Result<ShowId> decode_show(const net::Request& request) {
  return path_id<ShowTag>(request, "show_id");
}
inline Result<ShopId> decode_shop(const net::Request& request) {
  return path_id<ShopTag>(request, "shop_id");
}

// Of requests about one thing of an owner.
template <class OwnerTag, class Tag>
struct OwnedId {
  Id<OwnerTag> owner;
  Id<Tag> id;
};
template <class OwnerTag, class Tag>
Result<OwnedId<OwnerTag, Tag>> path_ids(const net::Request& request, std::string_view owner_name,
                                        std::string_view name) {
  const auto owner = path_id<OwnerTag>(request, owner_name);
  if (!owner) return std::unexpected(owner.error());
  const auto id = path_id<Tag>(request, name);
  if (!id) return std::unexpected(id.error());
  return OwnedId<OwnerTag, Tag>{*owner, *id};
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

// A word that `parse` knows; T{} when it is faulty.
template <class T>
T read_word(net::ObjectReader& body, std::string_view name,
            std::optional<T> (*parse)(std::string_view)) {
  const std::string word = body.text(name, {.min_length = 1, .max_length = kWordMax});
  const auto value = parse(word);
  if (!value && !word.empty()) body.fault(name, "is not one of the allowed words");
  return value.value_or(T{});
}

// A primary subtag (base/language.hpp); empty when it is faulty.
std::string read_language(net::ObjectReader& body, std::string_view name);
std::optional<std::string> optional_language(net::ObjectReader& body, std::string_view name);

Currency read_currency(net::ObjectReader& reader, std::string_view name);
Money read_money(net::ObjectReader& reader, std::string_view name);
catalog::NewShop read_new_shop(net::ObjectReader& reader);

}  // namespace geili::api
