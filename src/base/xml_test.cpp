#include "base/xml.hpp"

#include <gtest/gtest.h>

namespace geili {
namespace {

TEST(Xml, TextsCannotBreakOutOfTheirElement) {
  EXPECT_EQ(escaped_markup("</a> & \"b\" 'c'"), "&lt;/a&gt; &amp; &quot;b&quot; &#39;c&#39;");
  EXPECT_EQ(escaped_markup("珍珠 \t\n"), "珍珠 \t\n");
}

TEST(Xml, WhatXmlDoesNotKnowIsReplaced) {
  EXPECT_EQ(escaped_markup(std::string_view("a\0b\x01\x1F", 5)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(escaped_markup("\xEF\xBF\xBE\xEF\xBF\xBF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(escaped_markup("\r\n"), "&#13;\n");
}

TEST(Xml, AnElementHoldsAttributesTextsAndElements) {
  XmlWriter xml;
  xml.open("rss").attribute("version", "2.0 \"<");
  xml.open("channel").element("title", "A & B").open("link").close();
  EXPECT_EQ(std::move(xml).take(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<rss version=\"2.0 &quot;&lt;\"><channel><title>A &amp; B</title><link></link>"
            "</channel></rss>");
}

}  // namespace
}  // namespace geili
