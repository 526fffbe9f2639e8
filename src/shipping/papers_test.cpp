// Papers as they come out of the printer, read back by other programs.
#include "shipping/papers.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "paper/testing/read_pdf.hpp"

namespace geili::shipping {
namespace {

using paper::Language;
using paper::testing::codes_of;
using paper::testing::info_of;
using paper::testing::keep;
using paper::testing::pages_of;
using paper::testing::text_of;

const Currency kMxn = *Currency::parse("MXN");

SlipParcel ana(std::int64_t box = 12) {
  return {.box = box,
          .to = {"Ana Hernández Muñoz", "+33 6 12 34 56 78",
                 "Résidence Les Tilleuls, Apt 4\n12 rue de la République\n69002 Lyon", "FR"},
          .items = {{ProductId{1}, "Collar de perlas 珍珠项链, 45 cm", 31, 1, {125'000, kMxn}},
                    {ProductId{2}, "Aretes de plata", 31, 2, {40'000, kMxn}},
                    {ProductId{3}, "Molcajete de piedra volcánica, grande", 35, 1, {68'000, kMxn}}},
          .note = "Por favor, envolver con papel de periódico.",
          .is_gift = false,
          .order_link = "https://geili.example/o/AAAAAAAAAAAAAAAAAAAAAA",
          .shipping_paid_minor = 24'000,
          .service = "Correos de México, Ordinario",
          .tracking_number = "EE123456785MX",
          .weight_g = 2'480};
}

SlipParcel luis(std::int64_t box = 13) {
  SlipParcel parcel = ana(box);
  parcel.to = {"Luis Pérez", "", "Av. Juárez 100, Col. Centro\n68000 Oaxaca de Juárez, Oax.", "MX"};
  parcel.items.pop_back();
  parcel.items[1].quantity = 1;
  parcel.is_gift = true;
  parcel.note = "";
  parcel.tracking_number = "";
  return parcel;
}

PaperRequest in(Language language) {
  return {.sender = {.shop = "Taller Piedra Viva",
                     .show = "Noche de perlas",
                     .address = "Calle del Lago 12\n68000 Oaxaca",
                     .country = "MX"},
          .language = language,
          .created_at = std::nullopt};
}

Bytes must(Result<Bytes> pdf) {
  EXPECT_TRUE(pdf) << pdf.error().code
                   << (pdf.error().fields.empty() ? "" : pdf.error().fields[0].path);
  return *std::move(pdf);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(PackingSlips, SayWhatIsInTheBoxInFourLanguages) {
  struct Case {
    Language language;
    std::vector<std::string> parts;
  };
  const std::vector<Case> cases{
      {Language::en, {"Orders 31, 35", "4 pieces", "Shipping", "FRANCE", "2,970.00", "Note: Por"}},
      {Language::zh, {"订单 31, 35", "件", "运费", "法国 FRANCE", "备注"}},
      {Language::es, {"Pedidos 31, 35", "4 piezas", "Envío", "FRANCIA", "2,970.00", "Importe MXN"}},
      {Language::fr, {"Commandes 31, 35", "4 pièces", "Livraison", "FRANCE", "2 970,00"}}};
  for (const Case& c : cases) {
    const std::vector<SlipParcel> parcels{ana()};
    const Bytes pdf = must(packing_slips_pdf(parcels, in(c.language), SlipLayout::a6));
    keep("slip_" + std::string(paper::to_text(c.language)), pdf);
    const std::string text = text_of(pdf);
    for (const std::string& part : c.parts) {
      std::string plain = text;
      for (auto at = plain.find("\u00A0"); at != std::string::npos; at = plain.find("\u00A0")) {
        plain.replace(at, 2, " ");
      }
      EXPECT_TRUE(has(plain, part)) << part << "\n" << text;
    }
    for (const char* part : {"12", "Ana Hernández Muñoz", "12 rue de la République", "69002 Lyon",
                             "珍珠项链", "Molcajete", "Taller Piedra Viva", "Noche de perlas"}) {
      EXPECT_TRUE(has(text, part)) << part << "\n" << text;
    }
    EXPECT_EQ(pages_of(pdf).size(), 1U);
    EXPECT_TRUE(has(codes_of(pdf), "QR-Code:https://geili.example/o/AAAAAAAAAAAAAAAAAAAAAA"));
  }
}

TEST(PackingSlips, OfAPartComeToWhatLiesInTheBox) {
  SlipParcel part = ana();  // 2,970.00 with shipping
  part.goods_elsewhere_minor = 100'000;
  part.discount_minor = 7'001;
  const std::vector<SlipParcel> parcels{part};
  const std::string text =
      text_of(must(packing_slips_pdf(parcels, in(Language::en), SlipLayout::a6)));
  for (const char* told : {"In other parcels", "1,000.00", "Coupon", "70.01", "1,899.99"}) {
    EXPECT_TRUE(has(text, told)) << told << "\n" << text;
  }
}

TEST(PackingSlips, OfAGiftHaveNoPrices) {
  const std::vector<SlipParcel> parcels{luis()};
  const Bytes pdf = must(packing_slips_pdf(parcels, in(Language::es), SlipLayout::a6));
  keep("slip_gift", pdf);
  const std::string text = text_of(pdf);
  EXPECT_TRUE(has(text, "REGALO"));
  for (const char* part : {"1,250", "400.00", "MXN", "Envío", "Importe", "Total"}) {
    EXPECT_FALSE(has(text, part)) << part << "\n" << text;
  }
  EXPECT_FALSE(has(text, "MÉXICO")) << "stays in the country";
}

TEST(PackingSlips, OfAnEveningAreOneFile) {
  std::vector<SlipParcel> parcels;
  for (std::int64_t box = 1; box <= 5; ++box)
    parcels.push_back(box % 2 == 0 ? luis(box) : ana(box));
  const Bytes a6 = must(packing_slips_pdf(parcels, in(Language::es), SlipLayout::a6));
  EXPECT_EQ(pages_of(a6).size(), 5U);
  EXPECT_TRUE(has(info_of(a6), "297.638 x 419.528 pts"));
  const Bytes a4 = must(packing_slips_pdf(parcels, in(Language::es), SlipLayout::a4));
  keep("slip_a4", a4);
  EXPECT_EQ(pages_of(a4).size(), 5U);
  EXPECT_TRUE(has(info_of(a4), "595.276 x 841.89 pts"));
  const Bytes four = must(packing_slips_pdf(parcels, in(Language::es), SlipLayout::four_a6_on_a4));
  keep("slip_four", four);
  const auto sheets = pages_of(four);
  ASSERT_EQ(sheets.size(), 2U);
  for (const char* box : {"Caja 1", "Caja 2", "Caja 3", "Caja 4"}) {
    EXPECT_TRUE(has(sheets[0], box)) << box << sheets[0];
  }
  EXPECT_TRUE(has(sheets[1], "Caja 5"));
  EXPECT_EQ(four, must(packing_slips_pdf(parcels, in(Language::es), SlipLayout::four_a6_on_a4)));
}

TEST(PackingSlips, LongOnesGoOverPages) {
  SlipParcel large = ana(7);
  for (int i = 0; i < 60; ++i) large.items.push_back(large.items[static_cast<std::size_t>(i % 3)]);
  const std::vector<SlipParcel> parcels{large};
  const Bytes pdf = must(packing_slips_pdf(parcels, in(Language::es), SlipLayout::a6));
  keep("slip_long", pdf);
  const auto pages = pages_of(pdf);
  ASSERT_GT(pages.size(), 2U);
  for (const std::string& page : pages) EXPECT_TRUE(has(page, "Caja 7"));
}

TEST(AddressLabels, TellWhereToAndFromWhere) {
  const std::vector<SlipParcel> parcels{ana(), luis()};
  const Bytes pdf = must(address_labels_pdf(parcels, in(Language::es)));
  keep("label", pdf);
  const auto pages = pages_of(pdf);
  ASSERT_EQ(pages.size(), 2U);
  for (const char* part :
       {"Remitente: Taller Piedra Viva, Calle del Lago 12, 68000 Oaxaca", "MÉXICO",
        "Ana Hernández Muñoz", "69002 Lyon", "FRANCIA", "Tel. +33 6", "2480 g", "EE123456785MX"}) {
    EXPECT_TRUE(has(pages[0], part)) << part << "\n" << pages[0];
  }
  EXPECT_FALSE(has(pages[1], "MÉXICO")) << pages[1];
  EXPECT_TRUE(has(info_of(pdf), "283.465 x 425.197 pts")) << info_of(pdf);
  const std::string codes = codes_of(pdf);
  EXPECT_TRUE(has(codes, "CODE-128:EE123456785MX")) << codes;
  EXPECT_TRUE(has(codes, "QR-Code:https://geili.example/o/")) << codes;
}

TEST(AddressLabels, StayOnOnePageWithALongAddress) {
  SlipParcel parcel = ana(1'204);
  parcel.to.recipient = "Maximiliana Concepción Guadalupe de los Ángeles Hernández";
  parcel.to.lines =
      "Fraccionamiento Residencial Los Almendros del Valle\nEdificio C, Departamento 1204, piso "
      "12\n"
      "Prolongación Avenida de los Insurgentes Sur 12345\nSan Pablo Villa de Mitla\n70430 Oaxaca";
  const std::vector<SlipParcel> parcels{parcel};
  const Bytes pdf = must(address_labels_pdf(parcels, in(Language::zh)));
  keep("label_long", pdf);
  EXPECT_EQ(pages_of(pdf).size(), 1U);
}

TEST(PickLists, CountEachProductAndNameItsBoxes) {
  const std::vector<SlipParcel> parcels{ana(12), luis(13), ana(14)};
  const Bytes pdf = must(pick_list_pdf(parcels, in(Language::es)));
  keep("pick_list", pdf);
  const std::string text = text_of(pdf);
  for (const char* part : {"Lista de surtido", "10 piezas", "12, 13, 14", "12 (×2), 13, 14 (×2)"}) {
    EXPECT_TRUE(has(text, part)) << part << "\n" << text;
  }
  EXPECT_FALSE(has(text, "1,250"));
  EXPECT_TRUE(has(text_of(must(pick_list_pdf({}, in(Language::fr)))), "rien à prélever"));
}

TEST(PickLists, HaveThePartsInThePlaceOfTheirBundle) {
  SlipParcel parcel = luis();
  parcel.items = {{ProductId{9},
                   "Juego de noche",
                   31,
                   2,
                   {90'000, kMxn},
                   {{ProductId{2}, "Aretes de plata", 4}, {ProductId{5}, "Cadena · 60 cm", 2}}},
                  {ProductId{2}, "Aretes de plata", 31, 1, {40'000, kMxn}}};
  const std::vector<SlipParcel> parcels{parcel};
  const std::string list = text_of(must(pick_list_pdf(parcels, in(Language::es))));
  EXPECT_TRUE(has(list, "7 piezas")) << list;
  EXPECT_TRUE(has(list, "13 (×5)")) << list;
  EXPECT_TRUE(has(list, "Cadena · 60 cm")) << list;
  EXPECT_FALSE(has(list, "Juego de noche")) << list;
  const std::string slip =
      text_of(must(packing_slips_pdf(parcels, in(Language::es), SlipLayout::a4)));
  EXPECT_TRUE(has(slip, "Juego de noche")) << slip;
  EXPECT_TRUE(has(slip, "4 × Aretes de plata")) << slip;
}

TEST(ShippingPapers, RefuseWhatCannotBePrinted) {
  EXPECT_EQ(packing_slips_pdf({}, in(Language::en), SlipLayout::a6).error().code,
            "shipping-nothing-to-print");
  EXPECT_EQ(address_labels_pdf({}, in(Language::en)).error().code, "shipping-nothing-to-print");
  const std::vector<SlipParcel> many(kSlipsMax + 1, luis());
  EXPECT_EQ(packing_slips_pdf(many, in(Language::en), SlipLayout::a6).error().code,
            "shipping-too-many-papers");
  SlipParcel full = luis();
  full.items.assign(kSlipItemsMax + 1, full.items[0]);
  const std::vector<SlipParcel> parcels(11, full);
  EXPECT_EQ(address_labels_pdf(parcels, in(Language::en)).error().code, "shipping-too-many-papers");
  EXPECT_EQ(pick_list_pdf(parcels, in(Language::en)).error().code, "shipping-too-many-papers");
  SlipParcel odd = luis();
  odd.to.recipient = "a\u202Eb";
  const std::vector<SlipParcel> one{odd};
  EXPECT_EQ(packing_slips_pdf(one, in(Language::en), SlipLayout::a6).error().code, "invalid-field");
}

}  // namespace
}  // namespace geili::shipping
