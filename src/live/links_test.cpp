#include "live/links.hpp"

#include <gtest/gtest.h>

namespace geili::live {
namespace {

TEST(Links, AreSeen) {
  for (const char* text :
       {"http://a", "see https://pearls.example/x", "HTTPS://A.B", "hxxp://bad", "www.pearls",
        "go to www.x.y", "pearls.com", "Pearls.COM!", "buy at pearls.com.", "shop.pearls.mx/a?b=1",
        "ana@pearls.net", "bit.ly/x", "t.me/pearls", "pearls.shop", "珍珠.cn", "看 pearls.cn 吧",
        "ｐｅａｒｌｓ．ｃｏｍ", "(pearls.org)", "a-b.co/x"}) {
    EXPECT_TRUE(has_link(text)) << text;
  }
}

TEST(Links, OrdinaryTalkHasNone) {
  for (const char* text : {"",
                           ".",
                           "...",
                           "45.50",
                           "1.000.000",
                           "Hello.How are you",
                           "hola.me gusta",
                           "ok.es caro",
                           "it is 3.5 cm",
                           "No. 12",
                           "com",
                           ".com",
                           "pearls .com",
                           "a.b",
                           "U.S.",
                           "www",
                           "www.",
                           "Si.la quiero",
                           "e.g. this",
                           "http:/",
                           "mañana.compro",
                           "多少钱.好看",
                           "v1.2.3",
                           "We are.live now"}) {
    EXPECT_FALSE(has_link(text)) << text;
  }
}

}  // namespace
}  // namespace geili::live
