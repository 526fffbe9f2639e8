#include "shipping/address_form.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shipping/country.hpp"
#include "shipping/postal.hpp"
#include "shipping/postal_pattern.hpp"

namespace geili::shipping {
namespace {

PostalAddress oaxaca() {
  return {.country = "MX",
          .recipient = "Ana Hernández",
          .organization = "",
          .street = "Calle del Lago 12",
          .unit = "Int. 3",
          .district = "Col. Centro",
          .city = "Oaxaca de Juárez",
          .subdivision = "Oax.",
          .postal_code = "68000",
          .phone = "+52 951 123 4567"};
}

// An address of the form with something in every part.
PostalAddress full(const AddressForm& form) {
  PostalAddress address;
  address.country = form.country.empty() ? "NZ" : form.country;
  for (const AddressFormField& field : form.fields) {
    part_of(address, field.part) = std::string(to_text(field.part)) + "-x";
  }
  address.phone = "12345";
  const std::string_view shape = form.postal_shapes.substr(0, form.postal_shapes.find('|'));
  address.postal_code = shape.empty() ? "6011" : std::string(shape);
  std::ranges::replace(address.postal_code, 'A', 'K');
  return address;
}

TEST(AddressForms, AreThereForTheCountriesOfOurBuyers) {
  for (const char* country : {"CN", "MX", "FR", "ES", "US", "CA", "GB", "DE", "IT", "JP", "KR",
                              "BR", "AR", "CO", "CL", "PE"}) {
    EXPECT_EQ(address_form(country).country, country);
  }
  EXPECT_EQ(address_form("NZ").country, "");
  for (const AddressForm& form : address_forms()) EXPECT_TRUE(is_country(form.country));
}

TEST(AddressForms, AskForEachPartOnceAndPrintWhatTheyAskFor) {
  std::vector<AddressForm> forms(address_forms().begin(), address_forms().end());
  forms.push_back(address_form("NZ"));
  for (const AddressForm& form : forms) {
    SCOPED_TRACE(form.country);
    for (std::size_t i = 0; i < kAddressParts; ++i) {
      const auto part = static_cast<AddressPart>(i);
      EXPECT_LE(std::ranges::count(form.fields, part, &AddressFormField::part), 1);
    }
    const auto kept = checked_address(full(form));
    ASSERT_TRUE(kept) << kept.error().fields.at(0).path;
    EXPECT_EQ(*checked_address(*kept), *kept);
    const std::string lines = address_lines(*kept);
    for (const AddressFormField& field : form.fields) {
      EXPECT_TRUE(field.label.starts_with("address."));
      if (field.part == AddressPart::recipient || field.part == AddressPart::phone) continue;
      EXPECT_NE(lines.find(part_of(*kept, field.part)), std::string::npos) << lines;
    }
    EXPECT_EQ(lines.find('%'), std::string::npos) << lines;
    EXPECT_LE(lines.size(), kAddressMax);
    // Only what is required.
    PostalAddress least = full(form);
    for (const AddressFormField& field : form.fields) {
      if (!field.required) part_of(least, field.part).clear();
    }
    ASSERT_TRUE(checked_address(least));
    for (const AddressFormField& field : form.fields) {
      if (!field.required) continue;
      PostalAddress missing = least;
      part_of(missing, field.part) = "  ";
      const auto refused = checked_address(missing);
      ASSERT_FALSE(refused) << to_text(field.part);
      EXPECT_EQ(refused.error().fields.at(0).path, "/address/" + std::string(to_text(field.part)));
      EXPECT_EQ(refused.error().fields.at(0).message, "is missing");
    }
  }
}

struct Written {
  PostalAddress address;
  const char* lines;
};

PostalAddress without_unit(PostalAddress address) {
  address.unit.clear();
  return address;
}

std::vector<Written> written_addresses() {
  return {{oaxaca(), "Calle del Lago 12, Int. 3\nCol. Centro\n68000 Oaxaca de Juárez, Oax."},
          {without_unit(oaxaca()), "Calle del Lago 12\nCol. Centro\n68000 Oaxaca de Juárez, Oax."},
          {{.country = "US",
            .recipient = "A",
            .street = "350 Fifth Ave",
            .unit = "Apt 4",
            .city = "New York",
            .subdivision = "NY",
            .postal_code = "10118"},
           "350 Fifth Ave Apt 4\nNew York, NY 10118"},
          {{.country = "CA",
            .recipient = "A",
            .street = "10 Rue Un",
            .city = "Montréal",
            .subdivision = "QC",
            .postal_code = "h2x1y4"},
           "10 Rue Un\nMontréal QC  H2X 1Y4"},
          {{.country = "FR",
            .recipient = "A",
            .street = "12 rue de la République",
            .unit = "Apt 4",
            .city = "Lyon",
            .postal_code = "69002"},
           "Apt 4\n12 rue de la République\n69002 Lyon"},
          {{.country = "GB",
            .recipient = "A",
            .street = "10 Downing Street",
            .city = "London",
            .postal_code = "sw1a2aa"},
           "10 Downing Street\nLondon\nSW1A 2AA"},
          {{.country = "JP",
            .recipient = "A",
            .street = "道玄坂1-2-3",
            .city = "渋谷区",
            .subdivision = "東京都",
            .postal_code = "1500043"},
           "〒150-0043\n東京都 渋谷区\n道玄坂1-2-3"},
          {{.country = "CN",
            .recipient = "林梅",
            .street = "山下湖镇珍珠路1号",
            .district = "诸暨市",
            .city = "绍兴市",
            .subdivision = "浙江省",
            .phone = "13800000000"},
           "浙江省 绍兴市 诸暨市\n山下湖镇珍珠路1号"},
          {{.country = "BR",
            .recipient = "A",
            .street = "Rua Um 5",
            .district = "Centro",
            .city = "Recife",
            .subdivision = "PE",
            .postal_code = "50000000",
            .phone = "81 5555 5555"},
           "Rua Um 5\nCentro\nRecife - PE\n50000-000"},
          {{.country = "NZ",
            .recipient = "A",
            .street = "1 Queen St",
            .city = "Wellington",
            .postal_code = "6011"},
           "1 Queen St\nWellington 6011"},
          {{.country = "KR",
            .recipient = "A",
            .street = "세종대로 110",
            .district = "중구",
            .city = "서울",
            .postal_code = "04524",
            .phone = "02 120 0000"},
           "서울 중구\n세종대로 110\n04524"}};
}

TEST(AddressLines, StandAsEachCountryWritesThem) {
  const auto cases = written_addresses();
  for (const Written& c : cases) {
    const auto kept = checked_address(c.address);
    ASSERT_TRUE(kept) << c.lines << kept.error().fields.at(0).path;
    EXPECT_EQ(address_lines(*kept), c.lines);
  }
  const Address parcel = to_parcel_address(oaxaca());
  EXPECT_EQ(parcel.recipient, "Ana Hernández");
  EXPECT_EQ(parcel.country, "MX");
  EXPECT_EQ(parcel.lines, cases[0].lines);
}

TEST(AddressForms, RefuseWhatDoesNotFit) {
  struct Case {
    std::function<void(PostalAddress&)> spoil;
    std::vector<std::string> paths;
  };
  for (const Case& c : std::vector<Case>{
           {[](PostalAddress& a) { a.country = "mx"; }, {"/address/country"}},
           {[](PostalAddress& a) { a.country = ""; }, {"/address/country"}},
           {[](PostalAddress& a) { a.recipient = ""; }, {"/address/recipient"}},
           {[](PostalAddress& a) { a.recipient = "a\u202Eb"; }, {"/address/recipient"}},
           {[](PostalAddress& a) { a.recipient = std::string(81, 'x'); }, {"/address/recipient"}},
           {[](PostalAddress& a) { a.street = "a\nb"; }, {"/address/street"}},
           {[](PostalAddress& a) { a.street = std::string(121, 'x'); }, {"/address/street"}},
           {[](PostalAddress& a) { a.city = "\xff"; }, {"/address/city"}},
           {[](PostalAddress& a) { a.district = " "; }, {"/address/district"}},
           {[](PostalAddress& a) { a.postal_code = "6800"; }, {"/address/postal_code"}},
           {[](PostalAddress& a) { a.postal_code = "680001"; }, {"/address/postal_code"}},
           {[](PostalAddress& a) { a.postal_code = "6800O"; }, {"/address/postal_code"}},
           {[](PostalAddress& a) { a.postal_code = "６８０００"; }, {"/address/postal_code"}},
           {[](PostalAddress& a) { a.phone = "1234"; }, {"/address/phone"}},
           {[](PostalAddress& a) { a.phone = "call me"; }, {"/address/phone"}},
           {[](PostalAddress& a) { a.phone = std::string(26, '1'); }, {"/address/phone"}},
           {[](PostalAddress& a) { a.country = "DE"; },
            {"/address/district", "/address/subdivision"}},
           {[](PostalAddress& a) { a = {.country = "MX"}; },
            {"/address/recipient", "/address/street", "/address/district", "/address/city",
             "/address/subdivision", "/address/postal_code", "/address/phone"}}}) {
    PostalAddress address = oaxaca();
    c.spoil(address);
    const auto refused = checked_address(address);
    ASSERT_FALSE(refused) << c.paths.at(0);
    EXPECT_EQ(refused.error().code, "invalid-field");
    std::vector<std::string> paths;
    for (const FieldError& field : refused.error().fields) paths.push_back(field.path);
    EXPECT_EQ(paths, c.paths);
  }
  EXPECT_EQ(checked_address({.country = "?"}, "/buyer").error().fields.at(0).path,
            "/buyer/country");
}

TEST(PostalShapes, AreMatchedAndWrittenAsTheyAre) {
  const std::string_view gb = address_form("GB").postal_shapes;
  struct Case {
    std::string_view shapes;
    const char* typed;
    const char* kept;  // empty: refused
  };
  for (const Case& c : std::vector<Case>{{"99999|99999-9999", "12345", "12345"},
                                         {"99999|99999-9999", "123456789", "12345-6789"},
                                         {"99999|99999-9999", "12345-67", ""},
                                         {"A9A 9A9", "H2X-1Y4", "H2X 1Y4"},
                                         {"A9A 9A9", "22X 1Y4", ""},
                                         {gb, "m11ae", "M1 1AE"},
                                         {gb, "EC1A1BB", "EC1A 1BB"},
                                         {gb, "DN55 1PT", "DN55 1PT"},
                                         {gb, "DN555 1PT", ""},
                                         {"9999|A9999AAA", "C1425CLA", "C1425CLA"},
                                         {"99999", "", ""},
                                         {"99999", "-----", ""},
                                         {"99999", "1234é", ""},
                                         {"", "12345", ""},
                                         {"||", "1", ""},
                                         {"B", "B", ""}}) {
    EXPECT_EQ(postal_in_shape(c.typed, c.shapes).value_or(""), c.kept) << c.typed;
  }
}

}  // namespace
}  // namespace geili::shipping
