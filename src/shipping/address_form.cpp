#include "shipping/address_form.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/field_errors.hpp"
#include "shipping/country.hpp"
#include "shipping/postal.hpp"
#include "shipping/postal_pattern.hpp"
#include "store/names.hpp"

namespace geili::shipping {
namespace {

constexpr std::array<std::string_view, kAddressParts> kParts{
    "recipient", "organization", "street",      "unit", "district",
    "city",      "subdivision",  "postal_code", "phone"};

// By AddressPart.
constexpr std::array<std::string PostalAddress::*, kAddressParts> kMembers{
    &PostalAddress::recipient,   &PostalAddress::organization, &PostalAddress::street,
    &PostalAddress::unit,        &PostalAddress::district,     &PostalAddress::city,
    &PostalAddress::subdivision, &PostalAddress::postal_code,  &PostalAddress::phone};

std::size_t max_of(AddressPart part) {
  switch (part) {
    case AddressPart::recipient:
      return kRecipientMax;
    case AddressPart::organization:
      return kOrganizationMax;
    case AddressPart::street:
      return kStreetMax;
    case AddressPart::phone:
      return kPhoneMax;
    case AddressPart::unit:
    case AddressPart::district:
    case AddressPart::city:
    case AddressPart::subdivision:
    case AddressPart::postal_code:
      break;
  }
  return kPartMax;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_phone(std::string_view text) {
  constexpr std::string_view kOthers = " +-()./";
  return std::ranges::all_of(text, [&](char c) { return is_digit(c) || kOthers.contains(c); }) &&
         std::ranges::count_if(text, is_digit) >= static_cast<std::ptrdiff_t>(kPhoneDigitsMin);
}

// The code as it is kept; none when it does not fit.
std::optional<std::string> checked_postal(const AddressForm& form, std::string_view text) {
  if (!form.postal_shapes.empty()) return postal_in_shape(text, form.postal_shapes);
  if (postal_key(text).empty()) return std::nullopt;
  std::string kept(text);
  for (char& c : kept) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return kept;
}

std::optional<AddressPart> part_named(char letter) {
  switch (letter) {
    case 'O':
      return AddressPart::organization;
    case 'S':
      return AddressPart::street;
    case 'U':
      return AddressPart::unit;
    case 'D':
      return AddressPart::district;
    case 'C':
      return AddressPart::city;
    case 'A':
      return AddressPart::subdivision;
    case 'P':
      return AddressPart::postal_code;
    default:
      return std::nullopt;
  }
}

// One line of a form's layout. What stands before the first part goes with that part.
std::string filled_line(std::string_view layout, const PostalAddress& address) {
  std::string line;
  std::string between;
  bool is_first = true;
  for (std::size_t at = 0; at < layout.size(); ++at) {
    const auto part =
        layout[at] == '%' && at + 1 < layout.size() ? part_named(layout[at + 1]) : std::nullopt;
    if (!part) {
      between.push_back(layout[at]);
      continue;
    }
    ++at;
    const std::string& text = part_of(address, *part);
    if (!text.empty()) {
      if (is_first || !line.empty()) line += between;
      line += text;
    }
    is_first = false;
    between.clear();
  }
  return line;
}

}  // namespace

std::string_view to_text(AddressPart part) {
  return store::name_of(kParts, part);
}

const std::string& part_of(const PostalAddress& address, AddressPart part) {
  return address.*kMembers.at(static_cast<std::size_t>(part));
}

std::string& part_of(PostalAddress& address, AddressPart part) {
  return address.*kMembers.at(static_cast<std::size_t>(part));
}

Result<PostalAddress> checked_address(const PostalAddress& address, std::string_view parent) {
  FieldErrors errors;
  const std::string base = std::string(parent) + "/";
  if (!is_country(address.country)) {
    return fail(Error::invalid_field(base + "country", "is not a country of ISO 3166-1"));
  }
  const AddressForm& form = address_form(address.country);
  PostalAddress kept{.country = address.country};
  for (std::size_t i = 0; i < kAddressParts; ++i) {
    const auto part = static_cast<AddressPart>(i);
    const std::string path = base + std::string(to_text(part));
    std::string text = errors.text(part_of(address, part), {.max_length = max_of(part)}, path);
    const auto field = std::ranges::find(form.fields, part, &AddressFormField::part);
    if (field == form.fields.end()) {
      if (!text.empty()) errors.add(path, "is not part of an address there");
      continue;
    }
    if (text.empty()) {
      if (field->required &&
          part_of(address, part).find_first_not_of(" \t\r\n") == std::string::npos) {
        errors.add(path, "is missing");
      }
      continue;
    }
    if (part == AddressPart::phone && !is_phone(text)) {
      errors.add(path, "is not a telephone number");
    }
    if (part == AddressPart::postal_code) {
      auto code = checked_postal(form, text);
      if (!code) errors.add(path, "is not a postal code of the country");
      text = std::move(code).value_or("");
    }
    part_of(kept, part) = std::move(text);
  }
  if (auto fits = std::move(errors).check(); !fits) return fail_as(fits);
  return kept;
}

std::string address_lines(const PostalAddress& checked) {
  std::string_view layout = address_form(checked.country).lines;
  std::string lines;
  while (!layout.empty()) {
    const std::size_t end = std::min(layout.find('\n'), layout.size());
    const std::string line = filled_line(layout.substr(0, end), checked);
    if (!line.empty() && !lines.empty()) lines += "\n";
    lines += line;
    layout.remove_prefix(std::min(end + 1, layout.size()));
  }
  return lines;
}

Address to_parcel_address(const PostalAddress& checked) {
  return {.recipient = checked.recipient,
          .phone = checked.phone,
          .lines = address_lines(checked),
          .country = checked.country};
}

}  // namespace geili::shipping
