#include "live/question.hpp"

#include <gtest/gtest.h>

namespace geili::live {
namespace {

TEST(Question, IsSeenByItsMark) {
  for (const char* text :
       {"How long is it?", "多少钱？", "¿Cuánto cuesta", "¿Cuánto cuesta?", "Is it real? 😊",
        "\"Is it real?\"", "really?!", "how much ? ", "Combien ?", "C’est vrai ? :-)",
        "  ¿y las perlas", "!¿Cómo?!", "كم السعر؟", "45?", "(¿qué?)", "why??"}) {
    EXPECT_TRUE(reads_as_question(text)) << text;
  }
}

TEST(Question, OtherTalkIsNone) {
  for (const char* text : {"", "?", "???", "¿?", "😊", "How long is it", "Is it? Yes it is",
                           "pearls.example/?a=1", "多少钱", "wow!", "ok ¿", "\xff?"}) {
    EXPECT_FALSE(reads_as_question(text)) << text;
  }
}

}  // namespace
}  // namespace geili::live
