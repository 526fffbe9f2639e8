#include "base/csv.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace geili {
namespace {

std::string one(std::string_view cell) {
  CsvWriter csv(CsvReader::program);
  csv.text(cell);
  return std::move(csv).take();
}

TEST(Csv, CellsAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(one("pearl"), "pearl");
  EXPECT_EQ(one(""), "");
  EXPECT_EQ(one("珍珠, ñ"), "\"珍珠, ñ\"");
  EXPECT_EQ(one("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(one("a\nb"), "\"a\nb\"");
  EXPECT_EQ(one(" a"), "\" a\"");
}

TEST(Csv, WhatASpreadsheetWouldRunIsText) {
  for (const char* cell :
       {"=1+1", "+1", "-1", "@a", "  =HYPERLINK(1)", "＝1", "＋1", "－1", "＠a"}) {
    const std::string written = one(cell);
    EXPECT_NE(written.find("'"), std::string::npos) << cell;
    EXPECT_TRUE(written.starts_with("'") || written.starts_with("\"'")) << written;
  }
  EXPECT_EQ(one("\t=1"), "'\t=1");
  EXPECT_EQ(one("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(one("a=1"), "a=1");
}

TEST(Csv, RowsEndInCrLfAndNumbersAreNumbers) {
  CsvWriter csv(CsvReader::program);
  csv.text("a").number(-5).money({-1250, *Currency::parse("MXN")});
  csv.end_row();
  csv.text("").money({7, *Currency::parse("JPY")});
  csv.end_row();
  EXPECT_EQ(csv.size_bytes(), 17U);
  EXPECT_EQ(std::move(csv).take(), "a,-5,-12.50\r\n,7\r\n");
}

TEST(Csv, ASpreadsheetIsToldTheEncodingAndAProgramIsNot) {
  CsvWriter people;
  people.header({"名"});
  EXPECT_EQ(std::move(people).take(), "\xEF\xBB\xBF名\r\n");
  CsvWriter bank(CsvReader::program);
  bank.header({"名"});
  EXPECT_EQ(std::move(bank).take(), "名\r\n");
}

}  // namespace
}  // namespace geili
