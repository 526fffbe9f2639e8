#include "live/muted_words.hpp"

#include <gtest/gtest.h>

namespace geili::live {
namespace {

using Common = MutedWords::Common;

struct Said {
  const char* text;
  bool is_muted;
};

TEST(MutedWords, AShopsOwnWords) {
  const MutedWords words({"plastic", "café", "fake pearl", "假货", "加v信", "niño", "🖕", "C++"},
                         Common::without);
  const Said table[] = {
      {"This is plastic", true},
      {"PLASTIC!", true},
      {"Ｐｌａｓｔｉｃ", true},
      {"plástic", true},
      {"pla5t1c", true},
      {"p1astic", true},
      {"plaaaaastic", true},
      {"p.l.a.s.t.i.c", true},
      {"it is p l a s t i c", true},
      {"I am p l a s t i c", true},
      {"p-l_a*s t.i c!", true},
      {"plas.tic", true},
      {"pla\xE2\x80\x8Bstic", true},
      {"plastics", false},
      {"thermoplastic", false},
      {"plas tic", false},
      {"pl", false},
      {"cafe", true},
      {"CAFÉ?", true},
      {"cafeteria", false},
      {"a fake pearl", true},
      {"a Fake,  pearl", true},
      {"a f4ke pearl", true},
      {"fake or pearl", false},
      {"fake pearls", false},
      {"这是假货吧", true},
      {"这是假 货", true},
      {"这是假.货", true},
      {"这是假。货到了", false},
      {"是真的", false},
      {"加V信", true},
      {"加 v 信", true},
      {"加信", false},
      {"niño", true},
      {"nino", false},
      {"look 🖕🏽", true},
      {"look 🙂", false},
      {"c", true},
      {"355", false},
      {"", false},
      {"¥199 x 3", false},
  };
  for (const Said& said : table) EXPECT_EQ(words.match(said.text), said.is_muted) << said.text;
}

TEST(MutedWords, TheCommonWordsOfFourLanguages) {
  const MutedWords words({}, Common::with);
  const Said table[] = {
      {"you idiot", true},
      {"i.d.i.o.t", true},
      {"1d10t", true},
      {"what a b!tch", true},
      {"kill yourself", true},
      {"Free Bitcoin here", true},
      {"eres un cabron", true},
      {"CABRÓN", true},
      {"hijo de puta", true},
      {"dinero facil", true},
      {"espèce de connard", true},
      {"ta gueule", true},
      {"傻逼", true},
      {"你个傻 逼", true},
      {"加微信聊", true},
      {"刷单", true},
      // What people say who sell and buy.
      {"Is it a rooster or a cock?", false},
      {"con mucho gusto, perla negra", false},
      {"le colis est en retard", false},
      {"une râpe et un bâtard pas trop cuit", false},
      {"Does it bite?", false},
      {"mis quince años", false},
      {"class assorted, 45 cm", false},
      {"Scunthorpe", false},
      {"a shitake mushroom", false},
      {"这条项链多少钱", false},
      {"我要一条，谢谢", false},
      {"¿Cuánto cuesta el envío?", false},
      {"C'est combien la livraison ?", false},
      {"3 x 12 = 36", false},
  };
  for (const Said& said : table) EXPECT_EQ(words.match(said.text), said.is_muted) << said.text;
}

TEST(MutedWords, WhatIsNoUtf8IsNoWord) {
  const MutedWords words({"\xFF", "  ", "ok"}, Common::without);
  EXPECT_FALSE(words.match("\xFF\xFE"));
  EXPECT_FALSE(words.match("  "));
  EXPECT_TRUE(words.match("ok"));
}

}  // namespace
}  // namespace geili::live
