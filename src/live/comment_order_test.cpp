#include "live/comment_order.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace geili::live {
namespace {

TEST(CommentOrder, IsReadAsPeopleWriteIt) {
  const std::pair<const char*, CommentOrder> table[] = {
      {"3 x 12", {3, 12}},    {"3x12", {3, 12}},         {"3X12", {3, 12}},
      {"3 × 12", {3, 12}},    {"3*12", {3, 12}},         {"３×１２", {3, 12}},
      {"３ｘ１２", {3, 12}},  {"３＊１２", {3, 12}},     {"3✕12", {3, 12}},
      {"3 x #12", {3, 12}},   {"3 x no. 12", {3, 12}},   {"3 x n.º 12", {3, 12}},
      {"3×12号", {3, 12}},    {" 3  x  12 ", {3, 12}},   {"3 x 12!", {3, 12}},
      {"3x12！！", {3, 12}},  {"03 x 0012", {3, 12}},    {"100 x 9999", {100, 9'999}},
      {"1x1", {1, 1}},        {"#12", {1, 12}},          {"＃１２", {1, 12}},
      {"# 12", {1, 12}},      {"no 12", {1, 12}},        {"No. 12", {1, 12}},
      {"No.12", {1, 12}},     {"№ 12", {1, 12}},         {"number 12", {1, 12}},
      {"nº 12", {1, 12}},     {"n.º 12", {1, 12}},       {"núm. 12", {1, 12}},
      {"número 12", {1, 12}}, {"n° 12", {1, 12}},        {"Numéro 12 !", {1, 12}},
      {"nr. 12", {1, 12}},    {"12号", {1, 12}},         {"１２號", {1, 12}},
      {"12 号!", {1, 12}},    {"3件12号", {3, 12}},      {"12号3件", {3, 12}},
      {"12号 3 个", {3, 12}}, {"２份１２号！", {2, 12}},
  };
  for (const auto& [text, order] : table) EXPECT_EQ(read_comment_order(text), order) << text;
}

TEST(CommentOrder, OtherTalkIsNone) {
  for (const std::string text : {"",
                                 " ",
                                 "12",
                                 "3 12",
                                 "x",
                                 "x 12",
                                 "3 x",
                                 "3 xx 12",
                                 "3 x 12 x 2",
                                 "3 x 12 please",
                                 "i want 3 x 12",
                                 "0 x 12",
                                 "3 x 0",
                                 "101 x 12",
                                 "3 x 10000",
                                 "-3 x 12",
                                 "3 x -12",
                                 "3.5 x 12",
                                 "3,12",
                                 "3 + 12",
                                 "+1",
                                 "扣1",
                                 "#",
                                 "#0",
                                 "##12",
                                 "#12a",
                                 "no",
                                 "no problem",
                                 "no 12 and 13",
                                 "n 12",
                                 "号",
                                 "号12",
                                 "12号3",
                                 "3件",
                                 "3件12",
                                 "12号件",
                                 "3 x 12?",
                                 "99999999999999999999 x 1",
                                 "3\nx\n12",
                                 "٣ x ١٢",
                                 "3 x 12\xff",
                                 "\xff",
                                 "三 x 十二"}) {
    EXPECT_FALSE(read_comment_order(text)) << text;
  }
  EXPECT_FALSE(read_comment_order("3 x 12" + std::string(80, '!')));
}

}  // namespace
}  // namespace geili::live
