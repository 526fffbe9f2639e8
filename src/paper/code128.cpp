#include "paper/code128.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "paper/document.hpp"

namespace geili::paper {
namespace {

// Symbol characters by value: 0 to 102, then start A, B, C and stop.
constexpr std::array<std::string_view, 107> kPatterns{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

constexpr std::size_t kCodeC = 99;
constexpr std::size_t kCodeB = 100;
constexpr std::size_t kStartB = 104;
constexpr std::size_t kStartC = 105;
constexpr std::size_t kStop = 106;

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return end - at;
}

// Set C is worth its change of set for four digits at an end, six in the middle.
bool begins_pairs(std::string_view text, std::size_t at) {
  const std::size_t digits = digits_at(text, at);
  const bool at_an_end = at == 0 || at + digits == text.size();
  return digits >= (at_an_end ? 4U : 6U) && digits % 2 == 0;
}

}  // namespace

std::optional<std::string> code128_widths(std::string_view text) {
  const bool fits = !text.empty() && text.size() <= kBarcodeMax &&
                    std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
  if (!fits) return std::nullopt;
  bool pairs = begins_pairs(text, 0);
  std::vector<std::size_t> values{pairs ? kStartC : kStartB};
  for (std::size_t at = 0; at < text.size();) {
    if (pairs && digits_at(text, at) < 2) {
      values.push_back(kCodeB);
      pairs = false;
    } else if (!pairs && begins_pairs(text, at)) {
      values.push_back(kCodeC);
      pairs = true;
    }
    if (pairs) {
      values.push_back(static_cast<std::size_t>((text[at] - '0') * 10 + (text[at + 1] - '0')));
      at += 2;
    } else {
      values.push_back(static_cast<std::size_t>(text[at] - ' '));
      ++at;
    }
  }
  std::size_t check = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) check += i * values[i];
  values.push_back(check % 103);
  values.push_back(kStop);
  std::string widths;
  for (const std::size_t value : values) widths.append(kPatterns.at(value));
  return widths;
}

}  // namespace geili::paper
