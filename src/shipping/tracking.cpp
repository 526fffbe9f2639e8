#include "shipping/tracking.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/field_errors.hpp"
#include "shipping/zone.hpp"

namespace geili::shipping {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::size_t kHostMax = 253;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_unreserved(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// pchar, "/" and "?" of RFC 3986, "#" once.
bool is_path_text(std::string_view text) {
  constexpr std::string_view kOthers = "/?:@!$&'()*+,;=#%";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_unreserved(text[i]) && !kOthers.contains(text[i])) return false;
    if (text[i] == '%' && (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2]))) {
      return false;
    }
  }
  return std::ranges::count(text, '#') <= 1;
}

bool is_host(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(std::min(colon + 1, text.size()));
  if (colon < text.size() && (port.empty() || port.size() > 5)) return false;
  if (!std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; })) return false;
  if (host.empty() || host.size() > kHostMax || host.contains("..")) return false;
  if (!is_letter_or_digit(host.front()) || !is_letter_or_digit(host.back())) return false;
  return std::ranges::all_of(host,
                             [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

}  // namespace

Result<std::string> checked_tracking_template(std::string_view text, std::string_view path) {
  auto kept = checked_text(text, {.min_length = 1, .max_length = kTemplateMax}, path);
  if (!kept) return kept;
  const std::string_view all = *kept;
  if (!all.starts_with(kScheme)) return fail(Error::invalid_field(path, "is not https"));
  const std::size_t host_end = std::min(all.find_first_of("/?#", kScheme.size()), all.size());
  if (!is_host(all.substr(kScheme.size(), host_end - kScheme.size()))) {
    return fail(Error::invalid_field(path, "has no host"));
  }
  const std::size_t word = all.find(kNumberWord, host_end);
  if (word == std::string_view::npos) {
    return fail(Error::invalid_field(path, "has no {number} behind its host"));
  }
  if (!is_path_text(all.substr(host_end, word - host_end)) ||
      !is_path_text(all.substr(word + kNumberWord.size()))) {
    return fail(Error::invalid_field(path, "is not an address with {number} once"));
  }
  return kept;
}

Result<std::string> checked_tracking_number(std::string_view text, std::string_view path) {
  auto kept = checked_text(text, {.min_length = 1, .max_length = kTrackingNumberMax}, path);
  if (!kept) return kept;
  constexpr std::string_view kOthers = " -./";
  if (!std::ranges::all_of(*kept,
                           [&](char c) { return is_letter_or_digit(c) || kOthers.contains(c); })) {
    return fail(Error::invalid_field(path, "is not letters, digits and \" -./\""));
  }
  return kept;
}

std::string tracking_url(std::string_view checked_template, std::string_view number) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : number) {
    if (is_unreserved(c)) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.append({'%', kHex[byte >> 4U], kHex[byte & 0xFU]});
  }
  std::string url(checked_template);
  if (const std::size_t at = url.find(kNumberWord); at != std::string::npos) {
    url.replace(at, kNumberWord.size(), encoded);
  }
  return url;
}

Result<void> set_carrier(store::Tx& tx, ShopId shop, const Carrier& carrier) {
  auto name = checked_text(carrier.name, {.min_length = 1, .max_length = kNameMax}, "/name");
  if (!name) return fail_as(name);
  if (carrier.tracking_template.empty()) {
    tx.exec("DELETE FROM shipping_carrier WHERE shop_id = $1 AND carrier = $2", shop, *name);
    return {};
  }
  auto kept = checked_tracking_template(carrier.tracking_template, "/tracking_template");
  if (!kept) return fail_as(kept);
  const auto others = tx.integer(
      "SELECT count(*) FROM shipping_carrier WHERE shop_id = $1 AND carrier <> $2", shop, *name);
  if (*others >= static_cast<std::int64_t>(kCarriersMax)) {
    return fail(Error::make(ErrorKind::too_large, "shipping-too-many-carriers",
                            "The shop has as many carriers as it may have.")
                    .with("carriers_max", static_cast<std::int64_t>(kCarriersMax)));
  }
  tx.exec(
      "INSERT INTO shipping_carrier (shop_id, carrier, tracking_template) VALUES ($1, $2, $3)"
      " ON CONFLICT (shop_id, carrier) DO UPDATE SET tracking_template = $3",
      shop, *name, *kept);
  return {};
}

std::vector<Carrier> carriers(store::Tx& tx, ShopId shop) {
  std::vector<Carrier> all;
  tx.each([&](const store::Row& row) { all.push_back({row.string(0), row.string(1)}); },
          "SELECT carrier, tracking_template FROM shipping_carrier WHERE shop_id = $1"
          " ORDER BY carrier",
          shop);
  return all;
}

std::optional<std::string> tracking_link(store::Tx& tx, ShopId shop, std::string_view carrier,
                                         std::string_view number) {
  if (number.empty()) return std::nullopt;
  return tx.one([&](const store::Row& row) { return tracking_url(row.text(0), number); },
                "SELECT tracking_template FROM shipping_carrier WHERE shop_id = $1"
                " AND carrier = $2",
                shop, carrier);
}

}  // namespace geili::shipping
