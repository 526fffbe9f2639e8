#include "api/buyer.hpp"

#include <string>

#include "shipping/address_form.hpp"

namespace geili::api {
namespace {

using shipping::AddressPart;

constexpr std::string_view kAddress = "postal_address";

// Every part that is not the buyer's name or phone.
shipping::PostalAddress read_parts(net::ObjectReader& inner) {
  shipping::PostalAddress address;
  for (std::size_t i = 0; i < shipping::kAddressParts; ++i) {
    const auto part = static_cast<AddressPart>(i);
    if (part == AddressPart::recipient || part == AddressPart::phone) continue;
    part_of(address, part) =
        inner.optional_text(to_text(part), {.max_length = shipping::kStreetMax}).value_or("");
  }
  return address;
}

void keep_address(net::ObjectReader& inner, orders::Buyer& buyer, BuyerNeeds needs) {
  shipping::PostalAddress address = read_parts(inner);
  address.country = buyer.country;
  address.recipient = buyer.name;
  address.phone = buyer.phone;
  const auto checked = shipping::checked_address(address, "");
  if (checked) {
    buyer.address = address_lines(*checked);
    buyer.postal_code = checked->postal_code;
    return;
  }
  if (needs == BuyerNeeds::country_alone) {
    buyer.postal_code = address.postal_code.substr(0, orders::kPostalCodeMax);
    return;
  }
  for (const FieldError& field : checked.error().fields) {
    inner.fault(std::string_view(field.path).substr(1), field.message);
  }
}

}  // namespace

orders::Buyer read_buyer(net::ObjectReader& body, BuyerNeeds needs) {
  const bool all = needs == BuyerNeeds::all;
  orders::Buyer buyer;
  body.object("buyer", [&](net::ObjectReader& inner) {
    const TextRule name{.min_length = 1, .max_length = orders::kBuyerNameMax};
    const TextRule phone{.min_length = orders::kPhoneMin, .max_length = orders::kPhoneMax};
    const TextRule anything{.max_length = orders::kBuyerNameMax};
    buyer.name =
        all ? inner.text("name", name) : inner.optional_text("name", anything).value_or("");
    buyer.phone =
        all ? inner.text("phone", phone) : inner.optional_text("phone", anything).value_or("");
    buyer.address =
        inner
            .optional_text("address", {.max_length = orders::kAddressMax, .lines = Lines::multiple})
            .value_or("");
    buyer.country = inner.optional_text("country", {.max_length = 2}).value_or("");
    inner.optional_object(kAddress, [&](net::ObjectReader& parts) {
      if (!buyer.address.empty()) parts.fault("", "is there twice: as text, and by its parts");
      keep_address(parts, buyer, needs);
    });
  });
  return buyer;
}

}  // namespace geili::api
