#pragma once
// The words that a chat does without.

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace geili::live {

inline constexpr std::size_t kMutedWordsMax = 200;      // a shop's own
inline constexpr std::size_t kMutedWordLengthMax = 40;  // code points

// Made once for a set of rules; afterwards any thread may ask. Case, accents and width make no
// difference (folded.hpp). A word matches as a whole word, also with signs for letters (1d10t),
// drawn out (idiooot) or in pieces (i.d.i.o.t); several words match one after the other. Of scripts
// that set no spaces, whatever contains the word matches.
class MutedWords {
 public:
  enum class Common : bool { without, with };
  // `own`: of a shop, at most kMutedWordsMax; the others are those of muted/common.hpp.
  MutedWords(const std::vector<std::string>& own, Common common);

  bool match(std::string_view text) const;

 private:
  void add(std::string_view word);
  bool has_word(const std::u32string& word) const;

  std::unordered_set<std::u32string> words_;
  std::vector<std::u32string> phrases_;    // words with one space around each
  std::vector<std::u32string> fragments_;  // letters and digits of unspaced scripts
  std::vector<std::u32string> signs_;      // of no letter or digit: pictures
};

}  // namespace geili::live
