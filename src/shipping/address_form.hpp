#pragma once
// Addresses as each country writes them: which parts a form asks for, in which order, and how they
// stand on a label. Pure functions, thread-safe.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "shipping/parcel.hpp"

namespace geili::shipping {

// Lengths in code points; together they stay below kAddressMax.
inline constexpr std::size_t kOrganizationMax = 60;
inline constexpr std::size_t kStreetMax = 120;
inline constexpr std::size_t kPartMax = 60;  // unit, district, city, subdivision
inline constexpr std::size_t kPhoneDigitsMin = 5;

enum class AddressPart : std::uint8_t {
  recipient,
  organization,
  street,    // with the number of the house
  unit,      // apartment, floor, building
  district,  // colonia, bairro, barrio, 区
  city,
  subdivision,  // state, province, prefecture, department
  postal_code,
  phone,
};
inline constexpr std::size_t kAddressParts = 9;
// As in paths and in the API: "postal_code".
std::string_view to_text(AddressPart part);

struct AddressFormField {
  AddressPart part;
  bool required;
  std::string_view label;  // key of the screen's words: "address.colonia"
};

struct AddressForm {
  std::string_view country;                  // empty for the form of all others
  std::span<const AddressFormField> fields;  // in the order to ask for them
  std::string_view postal_shapes;            // see postal_pattern.hpp; empty: any postal_key()
  // Lines of the label, without recipient, phone and country: %O organization, %S street, %U unit,
  // %D district, %C city, %A subdivision, %P postal code; what stands between two parts is written
  // when both are there.
  std::string_view lines;
};

// The form of a country, or the one of all others.
const AddressForm& address_form(std::string_view country);
// Every country that has a form of its own.
std::span<const AddressForm> address_forms();

struct PostalAddress {
  std::string country;  // ISO 3166-1 alpha-2
  std::string recipient;
  std::string organization;
  std::string street;
  std::string unit;
  std::string district;
  std::string city;
  std::string subdivision;  // as people write it
  std::string postal_code;
  std::string phone;
  friend bool operator==(const PostalAddress&, const PostalAddress&) = default;
};
std::string& part_of(PostalAddress& address, AddressPart part);
const std::string& part_of(const PostalAddress& address, AddressPart part);

// The address as it is kept: texts trimmed, the postal code in its country's shape. Fails with
// invalid-field and every fault: /address/country, or /address/<part> for what is missing, does not
// fit, or is not part of an address there.
Result<PostalAddress> checked_address(const PostalAddress& address,
                                      std::string_view parent = "/address");

// The lines of a checked address, parted by line feeds, without recipient, phone and country.
std::string address_lines(const PostalAddress& checked);
// As a parcel keeps it.
Address to_parcel_address(const PostalAddress& checked);

}  // namespace geili::shipping
