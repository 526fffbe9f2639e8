// The table of forms. Postal codes and the order of lines are those of the countries' postal
// services; what is required is what their carriers need to deliver.
#include <array>

#include "shipping/address_form.hpp"

namespace geili::shipping {
namespace {

using enum AddressPart;
using Field = AddressFormField;

constexpr Field kRecipient{recipient, true, "address.recipient"};
constexpr Field kOrganization{organization, false, "address.organization"};
constexpr Field kStreet{street, true, "address.street"};
constexpr Field kUnit{unit, false, "address.unit"};
constexpr Field kCity{city, true, "address.city"};
constexpr Field kPostal{postal_code, true, "address.postal_code"};
constexpr Field kPostalIfKnown{postal_code, false, "address.postal_code"};
constexpr Field kPhone{phone, true, "address.phone"};
constexpr Field kPhoneIfAny{phone, false, "address.phone"};

constexpr Field required(AddressPart part, std::string_view label) {
  return {part, true, label};
}
constexpr Field optional(AddressPart part, std::string_view label) {
  return {part, false, label};
}

// From the large to the small.
constexpr std::array kChina{kRecipient,
                            kPhone,
                            required(subdivision, "address.province"),
                            kCity,
                            required(district, "address.district"),
                            kStreet,
                            kUnit,
                            kPostalIfKnown,
                            kOrganization};
constexpr std::array kKorea{kRecipient,   kPhone,
                            kPostal,      optional(subdivision, "address.province"),
                            kCity,        optional(district, "address.district"),
                            kStreet,      kUnit,
                            kOrganization};
constexpr std::array kJapan{kRecipient,   kPhoneIfAny,
                            kPostal,      required(subdivision, "address.prefecture"),
                            kCity,        optional(district, "address.district"),
                            kStreet,      kUnit,
                            kOrganization};
constexpr std::array kMexico{kRecipient,
                             kOrganization,
                             kStreet,
                             kUnit,
                             kPostal,
                             required(district, "address.colonia"),
                             required(city, "address.municipality"),
                             required(subdivision, "address.state"),
                             kPhone};
constexpr std::array kBrazil{kRecipient, kOrganization,
                             kPostal,    kStreet,
                             kUnit,      required(district, "address.neighbourhood"),
                             kCity,      required(subdivision, "address.state"),
                             kPhone};
constexpr std::array kArgentina{kRecipient,
                                kOrganization,
                                kStreet,
                                kUnit,
                                kPostal,
                                kCity,
                                required(subdivision, "address.province"),
                                kPhone};
constexpr std::array kColombia{kRecipient,
                               kOrganization,
                               kStreet,
                               kUnit,
                               optional(district, "address.neighbourhood"),
                               kCity,
                               required(subdivision, "address.department"),
                               kPostalIfKnown,
                               kPhone};
constexpr std::array kChile{kRecipient,
                            kOrganization,
                            kStreet,
                            kUnit,
                            required(city, "address.comuna"),
                            required(subdivision, "address.region"),
                            kPostalIfKnown,
                            kPhone};
constexpr std::array kPeru{kRecipient,
                           kOrganization,
                           kStreet,
                           kUnit,
                           required(district, "address.district"),
                           required(city, "address.province"),
                           required(subdivision, "address.department"),
                           kPostalIfKnown,
                           kPhone};
constexpr std::array kUnitedStates{
    kRecipient, kOrganization, kStreet, kUnit, kCity, required(subdivision, "address.state"),
    kPostal,    kPhoneIfAny};
constexpr std::array kCanada{kRecipient, kOrganization, kStreet,
                             kUnit,      kCity,         required(subdivision, "address.province"),
                             kPostal,    kPhoneIfAny};
constexpr std::array kBritain{kRecipient,
                              kOrganization,
                              kStreet,
                              kUnit,
                              optional(district, "address.locality"),
                              required(city, "address.post_town"),
                              kPostal,
                              kPhoneIfAny};
// France and Germany.
constexpr std::array kWithoutSubdivision{kRecipient, kOrganization, kStreet,    kUnit,
                                         kPostal,    kCity,         kPhoneIfAny};
constexpr std::array kSpain{kRecipient,
                            kOrganization,
                            kStreet,
                            kUnit,
                            kPostal,
                            kCity,
                            optional(subdivision, "address.province"),
                            kPhoneIfAny};
constexpr std::array kItaly{kRecipient,
                            kOrganization,
                            kStreet,
                            kUnit,
                            kPostal,
                            kCity,
                            required(subdivision, "address.province"),
                            kPhoneIfAny};
constexpr std::array kOther{kRecipient,
                            kOrganization,
                            kStreet,
                            kUnit,
                            optional(district, "address.district"),
                            kCity,
                            optional(subdivision, "address.state"),
                            kPostalIfKnown,
                            kPhoneIfAny};

constexpr AddressForm kForms[] = {
    {"AR", kArgentina, "9999|A9999AAA", "%O\n%S %U\n%P %C\n%A"},
    {"BR", kBrazil, "99999-999", "%O\n%S, %U\n%D\n%C - %A\n%P"},
    {"CA", kCanada, "A9A 9A9", "%O\n%S %U\n%C %A  %P"},
    {"CL", kChile, "9999999", "%O\n%S, %U\n%P %C\n%A"},
    {"CN", kChina, "999999", "%P\n%A %C %D\n%S %U\n%O"},
    {"CO", kColombia, "999999", "%O\n%S, %U\n%D\n%C, %A\n%P"},
    {"DE", kWithoutSubdivision, "99999", "%O\n%S\n%U\n%P %C"},
    {"ES", kSpain, "99999", "%O\n%S, %U\n%P %C\n%A"},
    {"FR", kWithoutSubdivision, "99999", "%O\n%U\n%S\n%P %C"},
    {"GB", kBritain, "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA", "%O\n%U\n%S\n%D\n%C\n%P"},
    {"IT", kItaly, "99999", "%O\n%S, %U\n%P %C %A"},
    {"JP", kJapan, "999-9999", "〒%P\n%A %C %D\n%S\n%U\n%O"},
    {"KR", kKorea, "99999", "%A %C %D\n%S %U\n%O\n%P"},
    {"MX", kMexico, "99999", "%O\n%S, %U\n%D\n%P %C, %A"},
    {"PE", kPeru, "99999", "%O\n%S, %U\n%D\n%C %P\n%A"},
    {"US", kUnitedStates, "99999|99999-9999", "%O\n%S %U\n%C, %A %P"},
};
constexpr AddressForm kOtherForm{"", kOther, "", "%O\n%S\n%U\n%D\n%C %P\n%A"};

}  // namespace

std::span<const AddressForm> address_forms() {
  return kForms;
}

const AddressForm& address_form(std::string_view country) {
  for (const AddressForm& form : kForms) {
    if (form.country == country) return form;
  }
  return kOtherForm;
}

}  // namespace geili::shipping
