// The first line is a shop's own word, the rest is said: a word that is said alone is always seen,
// and no text is worth more than a moment.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "live/folded.hpp"
#include "live/links.hpp"
#include "live/muted_words.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using geili::live::MutedWords;
  if (size > 2'000) return 0;
  const std::string input(data, data + size);
  const std::size_t end = input.find('\n');
  const std::string word = input.substr(0, end);
  const std::string said = end == std::string::npos ? "" : input.substr(end + 1);
  const MutedWords words({word}, MutedWords::Common::without);
  const bool is_muted = words.match(said);
  (void)is_muted;
  bool has_signs = false;
  for (const char32_t c : geili::live::folded(word)) has_signs |= geili::live::is_word_sign(c);
  assert(!has_signs || words.match(word));
  const bool leads_elsewhere = geili::live::has_link(said);
  assert(leads_elsewhere || !said.starts_with("http://") || geili::live::folded(said).empty());
  return 0;
}
