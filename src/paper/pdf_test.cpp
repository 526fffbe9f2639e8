// Real documents, read back by other programs.
#include "paper/pdf.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "paper/testing/read_pdf.hpp"

namespace geili::paper {
namespace {

using testing::codes_of;
using testing::info_of;
using testing::keep;
using testing::pages_of;
using testing::picture_of;
using testing::text_of;

Bytes print(const Document& document) {
  auto pdf = to_pdf(std::span(&document, 1));
  EXPECT_TRUE(pdf) << pdf.error().code;
  return *std::move(pdf);
}

Document page(std::vector<Block> blocks) {
  return {.blocks = std::move(blocks)};
}

// A packing slip as a seller prints it.
Document slip(const std::string& number, PageSize size = PageSize::a6) {
  return {.size = size,
          .margin_mm = 6,
          .language = "es",
          .title = "Packing slip " + number,
          .footer = "Taller Piedra Viva · San Salvador",
          .blocks = {Masthead{.eyebrow = "Noche de perlas",
                              .title = number,
                              .title_pt = 72,
                              .lines = {"Ana Hernández Muñoz", "2 piezas"},
                              .qr = "https://geili.example/o/AAAAAAAAAAAAAAAAAAAAAA"},
                     Rule{},
                     KeyValues{{{"Teléfono", "+52 951 123 4567"},
                                {"Dirección", "Calle del Lago 12, Barrio Alto, 68000 Oaxaca"}}},
                     Table{.columns = {{.title = "Artículo", .share = 70},
                                       {.title = "Cant.", .share = 15, .align = Align::end},
                                       {.title = "", .share = 15, .align = Align::end}},
                           .rows = {{{"Collar de perlas 珍珠项链, 45 cm", "1", "☐"}},
                                    {{"Molcajete de piedra volcánica", "1", "☐"}}}},
                     Barcode{.data = "GEILI-" + number, .height_mm = 10}}};
}

TEST(Pdf, ASlipIsReadBack) {
  const Bytes pdf = print(slip("128"));
  keep("slip", pdf);
  const std::string text = text_of(pdf);
  for (const char* part : {"128", "Ana Hernández Muñoz", "Calle del Lago 12", "珍珠项链",
                           "Molcajete de piedra", "Taller Piedra Viva", "1/1", "+52 951"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  const std::string info = info_of(pdf);
  EXPECT_NE(info.find("Pages:           1"), std::string::npos) << info;
  EXPECT_NE(info.find("Packing slip 128"), std::string::npos) << info;
  EXPECT_EQ(info.find("CreationDate"), std::string::npos) << info;
  EXPECT_NE(info.find("297.638 x 419.528 pts"), std::string::npos) << info;
}

TEST(Pdf, ItsCodesAreScanned) {
  const std::string codes = codes_of(print(slip("128")));
  EXPECT_NE(codes.find("QR-Code:https://geili.example/o/AAAAAAAAAAAAAAAAAAAAAA"), std::string::npos)
      << codes;
  EXPECT_NE(codes.find("CODE-128:GEILI-128"), std::string::npos) << codes;
  for (const char* data : {"12345678", "AB123456CD", "~ !az09", "1234567", "123456789012345678"}) {
    const std::string code = codes_of(print(page({Barcode{.data = data}})));
    EXPECT_NE(code.find("CODE-128:" + std::string(data)), std::string::npos) << data << code;
  }
  const std::string large(kCodeBytesMax, 'x');
  EXPECT_NE(codes_of(print(page({QrCode{.data = large, .side_mm = 120}}))).find(large),
            std::string::npos);
}

TEST(Pdf, ManySlipsAreOneFile) {
  std::vector<Document> slips;
  for (int i = 1; i <= 40; ++i) slips.push_back(slip(std::to_string(i)));
  slips.push_back(slip("L", PageSize::letter));
  const auto pdf = to_pdf(slips);
  ASSERT_TRUE(pdf);
  const auto pages = pages_of(*pdf);
  ASSERT_EQ(pages.size(), 41U);
  EXPECT_NE(pages[39].find("GEILI-40"), std::string::npos);
  EXPECT_NE(pages[39].find("1/1"), std::string::npos);  // counted in its document
}

TEST(Pdf, FourSlipsLieOnASheet) {
  std::vector<Document> slips;
  for (int i = 1; i <= 6; ++i) slips.push_back(slip(std::to_string(100 + i)));
  const auto pdf = to_pdf(slips, {.created_at = {}, .imposition = Imposition::four_a6_on_a4});
  ASSERT_TRUE(pdf);
  keep("slips_on_sheets", *pdf);
  const auto pages = pages_of(*pdf);
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_NE(pages[0].find("GEILI-104"), std::string::npos);
  EXPECT_NE(pages[1].find("GEILI-106"), std::string::npos);
  EXPECT_NE(info_of(*pdf).find("595.276 x 841.89 pts"), std::string::npos) << info_of(*pdf);
  const std::string codes = codes_of(*pdf);
  for (const char* code : {"GEILI-101", "GEILI-102", "GEILI-103", "GEILI-104"}) {
    EXPECT_NE(codes.find(code), std::string::npos) << codes;
  }
  slips.push_back(slip("107", PageSize::letter));
  const auto refused = to_pdf(slips, {.created_at = {}, .imposition = Imposition::four_a6_on_a4});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).path, "/6/size");
}

Table long_table(int rows) {
  Table table{.columns = {{.title = "Número"}, {.title = "Amount", .align = Align::end}},
              .rows = {}};
  for (int i = 1; i <= rows; ++i) {
    table.rows.push_back({.cells = {"row-" + std::to_string(i) + "-", std::to_string(i) + ".00"}});
  }
  return table;
}

TEST(Pdf, AThousandRowsGoOverPagesWithTheirTitles) {
  const Bytes pdf = print(page({Heading{"List"}, long_table(1'000), Paragraph{"The end"}}));
  keep("table", pdf);
  const auto pages = pages_of(pdf);
  ASSERT_GT(pages.size(), 10U);
  int row = 1;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_NE(pages[i].find(std::to_string(i + 1) + " / " + std::to_string(pages.size())),
              std::string::npos);
    const auto first = pages[i].find("row-");
    if (first == std::string::npos) continue;
    EXPECT_LT(pages[i].find("Número"), first) << "page " << i;
    for (auto at = first; at != std::string::npos; at = pages[i].find("row-", at + 1)) {
      EXPECT_EQ(
          pages[i].compare(at, 5 + std::to_string(row).size(), "row-" + std::to_string(row) + "-"),
          0)
          << "row " << row;
      ++row;
    }
  }
  EXPECT_EQ(row, 1'001);
}

TEST(Pdf, ARowIsNeverParted) {
  Table table{.columns = {{.title = "A"}, {.title = "B"}}, .rows = {}};
  for (int i = 0; i < 60; ++i) {
    std::string tall = "begin" + std::to_string(i);
    for (int line = 0; line < i % 7; ++line) tall += "\nmiddle";
    table.rows.push_back({.cells = {tall + "\nend" + std::to_string(i), "x"}});
  }
  for (const std::string& one : pages_of(print(page({table})))) {
    for (int i = 0; i < 60; ++i) {
      const bool begins = one.find("begin" + std::to_string(i) + " ") != std::string::npos;
      const bool ends = one.find("end" + std::to_string(i) + "\n") != std::string::npos;
      EXPECT_EQ(begins, ends) << i << "\n" << one;
    }
  }
}

TEST(Pdf, ARowTallerThanAPageIsRefused) {
  std::string tall;
  for (int i = 0; i < 400; ++i) tall += "line\n";
  const Document document =
      page({Table{.columns = {{.title = "A"}}, .rows = {{.cells = {tall + "."}}}}});
  EXPECT_EQ(to_pdf(std::span(&document, 1)).error().code, "paper-row-too-tall");
  EXPECT_GT(pages_of(print(page({Paragraph{tall}}))).size(), 5U);  // a paragraph may be parted
}

TEST(Pdf, LongWordsStayInTheirCells) {
  const std::string word(300, 'm');
  const Bytes pdf = print(
      page({Table{.columns = {{.title = "A"}, {.title = "B"}, {.title = "N", .align = Align::end}},
                  .rows = {{.cells = {word, "next", "1234567890123456789012345678901234567890"}}}},
            Paragraph{word + word}, BigText{word}, Heading{word}, KeyValues{{{word, word}}},
            Masthead{.title = word, .lines = {word}, .qr = "x"}}));
  keep("long_words", pdf);
  // Nothing is drawn in the margins.
  const std::string picture = picture_of(pdf, 40);
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t at = 0;
  ASSERT_EQ(std::sscanf(picture.c_str(), "P5 %zu %zu", &width, &height), 2);
  at = picture.size() - width * height;
  const auto margin = static_cast<std::size_t>(16 * 40 / 25.4);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      if (x >= margin && x < width - margin) continue;
      ASSERT_EQ(static_cast<unsigned char>(picture[at + y * width + x]), 255) << x << " " << y;
    }
  }
}

TEST(Pdf, MarkupIsText) {
  const std::string text = text_of(print(
      page({Paragraph{"<b>Perla</b> &amp; <span foreground='red'>"}, Heading{"<i>A</i>"},
            Table{.columns = {{.title = "<u>T</u>"}}, .rows = {{.cells = {"<big>c</big>"}}}}})));
  for (const char* part :
       {"<b>Perla</b> &amp; <span foreground='red'>", "<i>A</i>", "<u>T</u>", "<big>c</big>"}) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
}

TEST(Pdf, ManyLanguagesAreReadBack) {
  const std::vector<std::string> texts{"Ñandú, pingüino, ¿cuánto?",
                                       "Où ça ? L’œuvre à 5 €",
                                       "给力，直播珍珠项链",
                                       "價格與數量",
                                       "Zażółć gęślą jaźń",
                                       "Добрый день",
                                       "Χαίρετε"};
  std::vector<Block> blocks;
  for (const std::string& text : texts) blocks.emplace_back(Paragraph{text});
  const Bytes pdf = print(page(std::move(blocks)));
  keep("languages", pdf);
  const std::string read = text_of(pdf);
  for (const std::string& text : texts) EXPECT_NE(read.find(text), std::string::npos) << text;
}

TEST(Pdf, TheSameDocumentGivesTheSameBytes) {
  const Document document = slip("7");
  const Bytes first = print(document);
  EXPECT_EQ(print(document), first);
  std::vector<Bytes> others(4);
  {
    std::vector<std::jthread> threads;
    for (Bytes& other : others)
      threads.emplace_back([&] { other = *to_pdf(std::span(&document, 1)); });
  }
  for (const Bytes& other : others) EXPECT_EQ(other, first);
  const auto dated =
      to_pdf(std::span(&document, 1), {.created_at = Instant{1'795'000'000'000'000}});
  EXPECT_NE(info_of(*dated).find("CreationDate:    Wed Nov 18"), std::string::npos)
      << info_of(*dated);
}

TEST(Pdf, BadTextsAreRefusedWithTheirPlace) {
  const auto fault = [](Block block, std::string language = "en") {
    const Document document{.language = std::move(language), .blocks = {Rule{}, std::move(block)}};
    const auto pdf = to_pdf(std::span(&document, 1));
    if (pdf) return std::string("printed");
    return pdf.error().fields.empty() ? pdf.error().code : pdf.error().fields.front().path;
  };
  const auto cell = [](std::string text) {
    return Table{.columns = {{.title = "A"}, {.title = "B"}},
                 .rows = {{.cells = {"a", "b"}}, {.cells = {"c", std::move(text)}}}};
  };
  EXPECT_EQ(fault(Paragraph{"a\x01z"}), "/0/blocks/1/text");
  EXPECT_EQ(fault(Paragraph{"\xff"}), "/0/blocks/1/text");
  EXPECT_EQ(fault(Paragraph{"a\u202Eb"}), "/0/blocks/1/text");
  EXPECT_EQ(fault(Paragraph{"a\u2067b"}), "/0/blocks/1/text");
  EXPECT_EQ(fault(Paragraph{std::string("a\0b", 3)}), "/0/blocks/1/text");
  EXPECT_EQ(fault(Paragraph{std::string(kTextMax + 1, 'a')}), "/0/blocks/1/text");
  EXPECT_EQ(fault(cell("\x7f")), "/0/blocks/1/rows/1/1");
  EXPECT_EQ(fault(BigText{"a\nb"}), "/0/blocks/1/text");
  EXPECT_EQ(fault(KeyValues{{{"a", "b"}, {"c", "\x02"}}}), "/0/blocks/1/rows/1/1");
  EXPECT_EQ(fault(Heading{"a", 4}), "/0/blocks/1/level");
  EXPECT_EQ(fault(Paragraph{"a", 5}), "/0/blocks/1/size_pt");
  EXPECT_EQ(fault(QrCode{""}), "/0/blocks/1/data");
  EXPECT_EQ(fault(QrCode{std::string(kCodeBytesMax + 1, 'a')}), "/0/blocks/1/data");
  EXPECT_EQ(fault(QrCode{"a", 9}), "/0/blocks/1/side_mm");
  EXPECT_EQ(fault(Barcode{"é"}), "/0/blocks/1/data");
  EXPECT_EQ(fault(Gap{-1}), "/0/blocks/1/height_mm");
  EXPECT_EQ(fault(Masthead{.title = "a", .title_pt = 121}), "/0/blocks/1/title_pt");
  EXPECT_EQ(fault(Masthead{.title = "a", .lines = {"b", "\x1b"}}), "/0/blocks/1/lines/1");
  EXPECT_EQ(fault(Rule{}, "e\nn"), "/0/language");
  EXPECT_EQ(fault(cell("two\nlines\tand a tab")), "printed");
}

TEST(Pdf, SizesHaveLimits) {
  EXPECT_EQ(to_pdf({}).error().code, "paper-too-many-documents");
  EXPECT_EQ(to_pdf(std::vector<Document>(kDocumentsMax + 1)).error().code,
            "paper-too-many-documents");
  const auto fault = [](const Document& document) {
    const auto pdf = to_pdf(std::span(&document, 1));
    return pdf ? std::string("printed") : pdf.error().code;
  };
  EXPECT_EQ(fault(page(std::vector<Block>(kBlocksMax + 1, Rule{}))), "paper-too-many-blocks");
  EXPECT_EQ(fault(page({long_table(static_cast<int>(kCellsMax / 2) + 1)})), "paper-too-many-cells");
  EXPECT_EQ(fault({.margin_mm = 2}), "invalid-field");
  std::vector<Document> breaks(3, page(std::vector<Block>(kBlocksMax, PageBreak{})));
  EXPECT_EQ(to_pdf(breaks).error().code, "paper-too-many-pages");
  EXPECT_EQ(pages_of(print({})).size(), 1U);
}

TEST(Pdf, TheFontsOfThisMachineWriteLatinAndHan) {
  EXPECT_EQ(missing_fonts(), std::vector<std::string>{});
}

}  // namespace
}  // namespace geili::paper
