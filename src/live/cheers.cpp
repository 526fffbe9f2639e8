#include "live/cheers.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "live/folded.hpp"

namespace geili::live {

std::int64_t cheers_needed(std::int64_t viewers) {
  return std::clamp((viewers + 9) / 10, kCheersMin, kCheersMax);
}

bool is_cheer(std::string_view text) {
  constexpr std::size_t kBytesMax = 64;  // longer talk is none, and is not folded for it
  constexpr std::array<std::u32string_view, 3> kCheers{U"geili", U"\u7ED9\u529B",  // 给力
                                                       U"\u7D66\u529B"};           // 給力
  if (text.size() > kBytesMax) return false;
  std::u32string signs = folded(text);
  std::erase_if(signs, [](char32_t c) { return !is_word_sign(c); });
  if (signs.empty()) return false;
  return std::ranges::any_of(kCheers, [&](std::u32string_view cheer) {
    std::u32string_view rest = signs;
    while (rest.starts_with(cheer)) rest.remove_prefix(cheer.size());
    return rest.empty();
  });
}

std::optional<std::int64_t> Cheers::note(std::uint64_t person, std::int64_t viewers, Instant now) {
  const bool is_pause = burst_at_ && now >= *burst_at_ && now - *burst_at_ < kBurstPause;
  if (is_pause) return std::nullopt;
  std::erase_if(recent_, [&](const Cheer& cheer) {
    return cheer.person == person || cheer.at > now || now - cheer.at >= kCheerWindow;
  });
  recent_.push_back({person, now});
  const std::int64_t cheers = std::ssize(recent_);
  if (cheers < cheers_needed(viewers)) return std::nullopt;
  recent_.clear();
  burst_at_ = now;
  return cheers;
}

}  // namespace geili::live
