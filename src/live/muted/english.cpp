#include <array>

#include "live/muted/common.hpp"

namespace geili::live::muted {
namespace {

constexpr auto kWords = std::to_array<std::string_view>({
    "arsehole",
    "asshole",
    "assholes",
    "bastard",
    "bastards",
    "bitch",
    "bitches",
    "bullshit",
    "cunt",
    "cunts",
    "dickhead",
    "dumbass",
    "fag",
    "faggot",
    "faggots",
    "fuck",
    "fucked",
    "fucker",
    "fuckers",
    "fucking",
    "idiot",
    "idiots",
    "jackass",
    "moron",
    "morons",
    "motherfucker",
    "motherfuckers",
    "nigga",
    "nigger",
    "niggers",
    "paki",
    "pedophile",
    "prick",
    "retarded",
    "scumbag",
    "shit",
    "shithead",
    "shitty",
    "slut",
    "sluts",
    "spic",
    "tosser",
    "twat",
    "wanker",
    "wankers",
    "whore",
    "whores",
    "chink",
    "chinks",
    "gook",
    "wetback",
    "kill yourself",
    "kys",
    "stfu",
    "go die",
    "send nudes",
    "double your money",
    "easy money",
    "earn money fast",
    "free bitcoin",
    "free crypto",
    "free money",
    "guaranteed profit",
    "guaranteed profits",
    "make money fast",
    "send bitcoin",
    "text me to earn",
    "work from home and earn",
});

}  // namespace

std::span<const std::string_view> english() {
  return kWords;
}

}  // namespace geili::live::muted
